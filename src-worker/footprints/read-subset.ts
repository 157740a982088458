import type { DuckDBDataChunk } from '@duckdb/node-api'
import { z } from 'zod'
import type { Footprint } from '../../src-shared/footprint/footprint'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Database } from './database'
import { importTable } from './table'

/** Consecutive rows of a subset table, one typed array a column. */
export interface FootprintColumns {
  /** Row of the first footprint in the table, from 0. */
  first: number
  /** Number of footprints, the length of every array. */
  count: number
  shotNumber: BigUint64Array
  /** WGS 84, degrees. */
  lon: Float64Array
  lat: Float64Array
  /** Mg/ha. */
  agbd: Float32Array
  agbdSe: Float32Array
  /** Seconds since 2018-01-01T00:00:00Z. */
  deltaTime: Float64Array
  /** Milliseconds since 1970-01-01 UTC. */
  acquisitionTime: Float64Array
  /** Index into the granule names of the table. */
  granule: Uint32Array
}

export interface SubsetTable {
  rows: number
  /** File names of the granules, sorted. */
  granules: readonly string[]
  /** The rows in file order; to be read once. Ends the table in the database when it is done or left. */
  chunks(signal?: AbortSignal): AsyncGenerator<FootprintColumns>
}

/** Rows per chunk of `SubsetTable.chunks`, except the last. */
export const SUBSET_CHUNK_ROWS = 65_536

let tables = 0

/**
 * Reads a subset table, ours or another program's, for work on millions of rows.
 * @throws StudioError as `importTable`
 */
export async function readSubset(
  database: Database,
  path: string,
  signal?: AbortSignal,
): Promise<SubsetTable> {
  const table = `subset_${++tables}`
  const { rows } = await importTable(database, path, table, signal)
  const type = `${table}_granule`
  await database.run(
    `CREATE TYPE ${type} AS ENUM (SELECT DISTINCT "GEDI Filename" FROM ${table} ORDER BY ALL)`,
    { signal },
  )
  const names = await database.rows(
    `SELECT unnest(enum_range(NULL::${type})) AS name`,
    z.object({ name: z.string() }),
    { signal },
  )
  return {
    rows,
    granules: names.map(({ name }) => name),
    chunks: (abort) => streamRows(database, table, type, rows, abort),
  }
}

/** One footprint of a chunk as an object. */
export function footprintAt(columns: FootprintColumns, granules: readonly string[], row: number): Footprint {
  return {
    index: columns.first + row,
    shotNumber: columns.shotNumber[row].toString(),
    lon: columns.lon[row],
    lat: columns.lat[row],
    agbd: columns.agbd[row],
    agbdSe: columns.agbdSe[row],
    deltaTime: columns.deltaTime[row],
    granule: granules[columns.granule[row]],
    acquisitionTime: columns.acquisitionTime[row],
  }
}

async function* streamRows(
  database: Database,
  table: string,
  type: string,
  rows: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<FootprintColumns> {
  const sql = `SELECT shot_number, lon_lowestmode, lat_lowestmode, agbd, agbd_se, delta_time,
      epoch_us(acquisition_time) / 1000, enum_code("GEDI Filename"::${type})::UINTEGER FROM ${table}`
  try {
    let block = emptyColumns(0, Math.min(rows, SUBSET_CHUNK_ROWS))
    let filled = 0
    for await (const chunk of database.chunks(sql, { signal })) {
      for (let from = 0; from < chunk.rowCount;) {
        const count = Math.min(chunk.rowCount - from, block.count - filled)
        copyRows(chunk, from, block, filled, count)
        from += count
        filled += count
        if (filled < block.count) continue
        yield block
        const first = block.first + block.count
        block = emptyColumns(first, Math.min(rows - first, SUBSET_CHUNK_ROWS))
        filled = 0
      }
    }
  } finally {
    await database.run(`DROP TABLE ${table}; DROP TYPE ${type}`)
  }
}

function emptyColumns(first: number, count: number): FootprintColumns {
  return {
    first,
    count,
    shotNumber: new BigUint64Array(count),
    lon: new Float64Array(count),
    lat: new Float64Array(count),
    agbd: new Float32Array(count),
    agbdSe: new Float32Array(count),
    deltaTime: new Float64Array(count),
    acquisitionTime: new Float64Array(count),
    granule: new Uint32Array(count),
  }
}

function copyRows(
  chunk: DuckDBDataChunk,
  from: number,
  block: FootprintColumns,
  to: number,
  count: number,
): void {
  copyBigInts(chunk, 0, block.shotNumber, from, to, count)
  const targets = [
    block.lon,
    block.lat,
    block.agbd,
    block.agbdSe,
    block.deltaTime,
    block.acquisitionTime,
    block.granule,
  ]
  for (const [index, target] of targets.entries()) copyNumbers(chunk, index + 1, target, from, to, count)
}

function copyBigInts(
  chunk: DuckDBDataChunk,
  column: number,
  target: BigUint64Array,
  from: number,
  to: number,
  count: number,
): void {
  const vector = chunk.getColumnVector(column)
  for (let row = 0; row < count; row++) {
    const value = vector.getItem(from + row)
    if (typeof value !== 'bigint') throw wrongType(column)
    target[to + row] = value
  }
}

function copyNumbers(
  chunk: DuckDBDataChunk,
  column: number,
  target: Float64Array | Float32Array | Uint32Array,
  from: number,
  to: number,
  count: number,
): void {
  const vector = chunk.getColumnVector(column)
  for (let row = 0; row < count; row++) {
    const value = vector.getItem(from + row)
    if (typeof value !== 'number') throw wrongType(column)
    target[to + row] = value
  }
}

function wrongType(column: number): StudioError {
  return new StudioError('internal', `Column ${column} of the subset came in another type.`, {
    hint: 'This is a fault of the program; please report it with the log.',
  })
}
