/** Scheme under which the map's worker finds its own tiles of coasts and borders. */
export const BASE_SCHEME = 'coasts'

/** Address of these tiles as MapLibre asks for them. */
export function baseTiles(): string {
  return `${BASE_SCHEME}://{z}/{x}/{y}`
}

const ADDRESS = new RegExp(`^${BASE_SCHEME}://(\\d+)/(\\d+)/(\\d+)$`)

/** Place of a tile in the pyramid. */
export interface TilePlace {
  z: number
  x: number
  y: number
}

/** The tile that an address asks for. @throws Error where it asks for none */
export function tileOf(address: string): TilePlace {
  const parts = ADDRESS.exec(address)
  if (parts === null) throw new Error(`${address} is no tile of the coasts.`)
  const [z, x, y] = parts.slice(1).map(Number)
  return { z, x, y }
}
