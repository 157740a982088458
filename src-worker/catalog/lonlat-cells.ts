import type { Bounds } from '../../src-shared/catalog/scene'

/** The globe in cells of one degree: row by row from the south pole, each row from longitude 0 eastwards. */
export const CELL_COUNT = 360 * 180

/** A longitude in 0 (inclusive) to 360 (exclusive) degrees. */
export function positiveLongitude(lon: number): number {
  const rest = lon % 360
  return rest < 0 ? rest + 360 : rest
}

/** Index of the cell that holds a position in degrees; any turn of the longitude will do. */
export function cellAt(lon: number, lat: number): number {
  const row = Math.min(179, Math.max(0, Math.floor(lat + 90)))
  // A longitude just below 0 becomes 360 when it is rounded.
  return row * 360 + (Math.floor(positiveLongitude(lon)) % 360)
}

/** Degrees from west to east: 0 to 360, also where the bounds cross the antimeridian. */
export function longitudeExtent([west, , east]: Bounds): number {
  return east >= west ? Math.min(360, east - west) : Math.max(0, east - west + 360)
}

/** Calls back for every cell that the bounds touch, each once. */
export function forEachCell(bounds: Bounds, visit: (cell: number) => void): void {
  const [west, south, , north] = bounds
  const first = Math.floor(west)
  const columns = Math.min(360, Math.floor(west + longitudeExtent(bounds)) - first + 1)
  const bottom = Math.min(179, Math.max(0, Math.floor(south + 90)))
  const top = Math.min(179, Math.max(0, Math.floor(north + 90)))
  for (let row = bottom; row <= top; row++) {
    for (let column = 0; column < columns; column++) visit(row * 360 + positiveLongitude(first + column))
  }
}

/** Whether two bounds have a point in common. */
export function boundsMeet(a: Bounds, b: Bounds): boolean {
  if (a[1] > b[3] || b[1] > a[3]) return false
  return (
    positiveLongitude(b[0] - a[0]) <= longitudeExtent(a) ||
    positiveLongitude(a[0] - b[0]) <= longitudeExtent(b)
  )
}

/** Bounds that are larger by a margin in degrees on every side. */
export function growBounds(bounds: Bounds, margin: number): Bounds {
  const [west, south, east, north] = bounds
  if (longitudeExtent(bounds) + 2 * margin >= 360) {
    return [-180, Math.max(-90, south - margin), 180, Math.min(90, north + margin)]
  }
  return [west - margin, Math.max(-90, south - margin), east + margin, Math.min(90, north + margin)]
}
