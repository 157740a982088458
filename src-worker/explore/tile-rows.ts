import type { MapRows } from './map-rows'
import { cellKey, KEY_LEVEL, mercatorX, mercatorY } from './mercator'
import { firstAtLeast } from './spatial-order'
import { EXTENT } from './vector-tile'

/** Zoom level, column from the west and row from the north of a tile of the web map. */
export interface TileAddress {
  z: number
  x: number
  y: number
}

/** Units around a tile in which points are in it too, so that their symbols are not cut off at its edge. */
export const POINT_BUFFER = 64
/** Levels from a tile to the cells that are as wide as the buffer. */
const BUFFER_LEVELS = 6

/** Consecutive rows, the last one left out. */
export interface RowRange {
  start: number
  end: number
}

/** Rows in a cell of the map; of levels finer than that of the keys, rows in the cell of the keys that holds it. */
export function rowsInCell(keys: Uint32Array, { z, x, y }: TileAddress): RowRange {
  const finer = Math.max(0, z - KEY_LEVEL)
  const key = cellKey(Math.floor(x / 2 ** finer), Math.floor(y / 2 ** finer))
  const size = 2 ** (32 - 2 * (z - finer))
  return { start: firstAtLeast(keys, key * size), end: firstAtLeast(keys, (key + 1) * size) }
}

/** Where a longitude lies in a tile, whole units from its western edge. */
export function unitX(lon: number, { z, x }: TileAddress): number {
  return Math.floor((mercatorX(lon) * 2 ** z - x) * EXTENT)
}

/** Where a latitude lies in a tile, whole units from its northern edge. */
export function unitY(lat: number, { z, y }: TileAddress): number {
  return Math.floor((mercatorY(lat) * 2 ** z - y) * EXTENT)
}

/** Calls back for every row in a tile. */
export function forEachInTile(
  { keys, places }: MapRows,
  tile: TileAddress,
  visit: (row: number) => void,
): void {
  const { start, end } = rowsInCell(keys, tile)
  const inUnits = (unit: number): boolean => unit >= 0 && unit < EXTENT
  for (let row = start; row < end; row++) {
    const inside =
      tile.z <= KEY_LEVEL || (inUnits(unitX(places.lon[row], tile)) && inUnits(unitY(places.lat[row], tile)))
    if (inside) visit(row)
  }
}

/**
 * Calls back for every row in a tile and the buffer around it, with its place in units of the tile. The map goes on
 * behind the antimeridian: what lies near it on the other side is in the buffer too, and at level 0 a second time.
 */
export function forEachPoint(
  rows: MapRows,
  tile: TileAddress,
  visit: (row: number, x: number, y: number) => void,
): void {
  const { keys, places } = rows
  const visitCell = (cell: TileAddress, seenFrom: TileAddress): void => {
    const { start, end } = rowsInCell(keys, cell)
    for (let row = start; row < end; row++) {
      const x = unitX(places.lon[row], seenFrom)
      const y = unitY(places.lat[row], seenFrom)
      if (inBuffer(x) && inBuffer(y)) visit(row, x, y)
    }
  }
  visitCell(tile, tile)
  const level = Math.min(KEY_LEVEL, tile.z + BUFFER_LEVELS)
  const edge = 2 ** level
  const [own, all] = [cellsOf(tile, level, 0), cellsOf(tile, level, POINT_BUFFER / EXTENT)]
  for (let y = Math.max(0, all.north); y <= Math.min(edge - 1, all.south); y++) {
    for (let x = all.west; x <= all.east; x++) {
      if (x >= own.west && x <= own.east && y >= own.north && y <= own.south) continue
      const turn = Math.floor(x / edge)
      visitCell({ z: level, x: x - turn * edge, y }, { ...tile, x: tile.x - turn * 2 ** tile.z })
    }
  }
}

/** The cells of a level that a tile and a margin around it touch; the margin as a share of the tile's edge. */
function cellsOf(
  { z, x, y }: TileAddress,
  level: number,
  margin: number,
): { west: number; east: number; north: number; south: number } {
  const scale = 2 ** (level - z)
  return {
    west: Math.floor((x - margin) * scale),
    east: Math.ceil((x + 1 + margin) * scale) - 1,
    north: Math.floor((y - margin) * scale),
    south: Math.ceil((y + 1 + margin) * scale) - 1,
  }
}

function inBuffer(unit: number): boolean {
  return unit >= -POINT_BUFFER && unit < EXTENT + POINT_BUFFER
}
