import type { Bounds } from './geometry'

/** What part of the Earth a map shows, in words: `The map shows 7.90° E to 8.61° E, 48.10° N to 48.92° N.` */
export function shownWords({ west, south, east, north }: Bounds): string {
  const lons = `${side(west, 'E', 'W')} to ${side(east, 'E', 'W')}`
  return `The map shows ${lons}, ${side(south, 'N', 'S')} to ${side(north, 'N', 'S')}.`
}

function side(degrees: number, positive: string, negative: string): string {
  return `${Math.abs(degrees).toFixed(2)}° ${degrees < 0 ? negative : positive}`
}
