/** Level of the cells that rows are ordered by: 2^16 x 2^16 cells over the web-mercator square, 611 m at the equator. */
export const KEY_LEVEL = 16

/** Positions stay below 1, so that the antimeridian and the southern edge belong to the last cell. */
const LAST = 1 - 2 ** -40

/** Web-mercator x of a longitude in degrees (-180 to 180): 0 at the western edge of the map, below 1 at the eastern. */
export function mercatorX(lon: number): number {
  return Math.min(LAST, Math.max(0, lon / 360 + 0.5))
}

/**
 * Web-mercator y of a latitude in degrees: 0 at the northern edge of the map, below 1 at the southern. The map ends at
 * 85.05 degrees; what lies beyond is put on its edge.
 * Snyder, Map Projections: A Working Manual (USGS 1395), eq. 7-2, on the sphere.
 */
export function mercatorY(lat: number): number {
  const sine = Math.sin((lat * Math.PI) / 180)
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
  return Math.min(LAST, Math.max(0, y))
}

/** Key of the cell that holds a position: its column and row interleaved bit by bit (Morton order), 32 bits. */
export function keyAt(lon: number, lat: number): number {
  return cellKey(Math.floor(mercatorX(lon) * 2 ** KEY_LEVEL), Math.floor(mercatorY(lat) * 2 ** KEY_LEVEL))
}

/** Key of a cell by its column and row, both of at most 16 bits. Cells of a coarser level have shorter keys. */
export function cellKey(column: number, row: number): number {
  return (spread(column) | (spread(row) << 1)) >>> 0
}

/** Column of a cell. */
export function columnOf(key: number): number {
  return gather(key)
}

/** Row of a cell. */
export function rowOf(key: number): number {
  return gather(key >>> 1)
}

/** Moves bit i of 16 to bit 2i. */
function spread(value: number): number {
  let bits = (value | (value << 8)) & 0x00ff00ff
  bits = (bits | (bits << 4)) & 0x0f0f0f0f
  bits = (bits | (bits << 2)) & 0x33333333
  return (bits | (bits << 1)) & 0x55555555
}

/** Moves bit 2i to bit i; the odd bits are dropped. */
function gather(value: number): number {
  let bits = value & 0x55555555
  bits = (bits | (bits >>> 1)) & 0x33333333
  bits = (bits | (bits >>> 2)) & 0x0f0f0f0f
  bits = (bits | (bits >>> 4)) & 0x00ff00ff
  return (bits | (bits >>> 8)) & 0x0000ffff
}
