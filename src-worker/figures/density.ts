import { z } from 'zod'
import { countSchema, type Database } from '../footprints/database'
import type { MapFrame } from './frame'

/** Footprints on a map: counts in cells of `size` degrees, or each one where they are few and stand apart. */
export type Density =
  | { kind: 'cells'; size: number; cells: DensityCell[]; max: number }
  | { kind: 'dots'; dots: { lon: number; lat: number }[] }

/** A cell of the lattice of whole multiples of `size`: it begins at `column * size`, `row * size`. */
interface DensityCell {
  column: number
  row: number
  count: number
}

/** Most footprints that are drawn one by one. */
const MOST_DOTS = 2000
/** Footprints are drawn one by one when they fall into at least this share as many places of a dot's width. */
const APART = 0.5
/** Width of a dot, units. */
const DOT_WIDTH = 6
/** From so many footprints on cells may be fine; below, single cells must still be seen. */
const MANY = 100_000
/** Least width of a cell, units: 0.4 mm and 0.8 mm where the figure is printed 180 mm wide. */
const FINE_CELL = 2
const COARSE_CELL = 4

/** Sizes of cells as whole cells per degree, and below as whole degrees: either way a lattice without rounding. */
const CELL_SIZES = [
  ...[20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1].map((perDegree) => 1 / perDegree),
  ...[2, 5, 10],
]

const cellSchema = z.object({ column: z.int(), row: z.int(), count: countSchema })
const dotSchema = z.object({ lon: z.number(), lat: z.number() })

/** The smallest round cell that is at least so many units wide on the frame, degrees. */
function cellSize(frame: MapFrame, least: number): number {
  return CELL_SIZES.find((size) => size * frame.perLon >= least) ?? CELL_SIZES[CELL_SIZES.length - 1]
}

/**
 * Density of a table's footprints on a frame that holds them all. At most about 240 x 150 cells leave the database.
 * @throws StudioError `cancelled`
 */
export async function readDensity(
  database: Database,
  table: string,
  rows: number,
  frame: MapFrame,
  signal?: AbortSignal,
): Promise<Density> {
  if (rows <= MOST_DOTS) {
    const places = await countCells(database, table, frame, cellSize(frame, DOT_WIDTH), signal)
    if (places.length >= rows * APART) {
      const dots = await database.rows(
        `SELECT lon_lowestmode AS lon, lat_lowestmode AS lat FROM ${table} ORDER BY lon, lat`,
        dotSchema,
        { signal },
      )
      return { kind: 'dots', dots }
    }
  }
  const size = cellSize(frame, rows >= MANY ? FINE_CELL : COARSE_CELL)
  const cells = await countCells(database, table, frame, size, signal)
  return { kind: 'cells', size, cells, max: cells.reduce((most, { count }) => Math.max(most, count), 0) }
}

function countCells(
  database: Database,
  table: string,
  frame: MapFrame,
  size: number,
  signal: AbortSignal | undefined,
): Promise<DensityCell[]> {
  const perDegree = Math.round(1 / size)
  const index = (column: string): string =>
    `floor(${column} ${size < 1 ? `* ${perDegree}` : `/ ${size}`})::INTEGER`
  const turn = Math.round(360 / size)
  return database.rows(
    `SELECT ${index('lon_lowestmode')} + CASE WHEN lon_lowestmode < ${frame.west} THEN ${turn}
         WHEN lon_lowestmode >= ${frame.west + 360} THEN ${-turn} ELSE 0 END AS "column",
       ${index('lat_lowestmode')} AS row, count(*) AS count
     FROM ${table} GROUP BY ALL ORDER BY "column", row`,
    cellSchema,
    { signal },
  )
}
