import { z } from 'zod'

/** Scheme under which the map finds its own tiles of coasts and borders. */
export const COAST_SCHEME = 'coasts'

/** Address of these tiles as MapLibre asks for them. */
export const COAST_TILES = `${COAST_SCHEME}://{z}/{x}/{y}`

const ADDRESS = new RegExp(`^${COAST_SCHEME}://(\\d+)/(\\d+)/(\\d+)$`)

const placeSchema = z.object({ z: z.int(), x: z.int(), y: z.int() })

/** Place of a tile in the pyramid. */
export type TilePlace = z.infer<typeof placeSchema>

/** The tile that an address asks for. @throws Error where it asks for none */
export function tileOf(address: string): TilePlace {
  const parts = ADDRESS.exec(address)
  if (parts === null) throw new Error(`${address} is no tile of the coasts.`)
  const [z, x, y] = parts.slice(1).map(Number)
  return { z, x, y }
}

/** What the page asks of the worker that cuts the tiles. */
export const coastRequestSchema = z.object({ id: z.int(), place: placeSchema })
export type CoastRequest = z.infer<typeof coastRequestSchema>

/** What it answers: a vector tile, or why there is none. */
export const coastAnswerSchema = z.union([
  z.object({ id: z.int(), tile: z.instanceof(ArrayBuffer) }),
  z.object({ id: z.int(), fault: z.string() }),
])
export type CoastAnswer = z.infer<typeof coastAnswerSchema>
