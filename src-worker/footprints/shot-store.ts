import { DuckDBDataChunk, quotedString } from '@duckdb/node-api'
import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { JobContext } from '../process/context'
import { countSchema, type Database } from './database'
import { databaseError } from './database-error'
import { finishFile, partPath } from '../files/durable-file'
import type { BeamShots, Granule } from './granule'
import { parquetRows, type GranuleSummary } from './granule-summary'
import { ALL_COLUMNS, beamCode, DATABASE_TYPES, SHOT_COLUMNS } from './shot-columns'

/** Rows of a DuckDB data chunk. */
const CHUNK_ROWS = 2048

const CHUNK_TYPES = [
  DATABASE_TYPES.uint8,
  ...ALL_COLUMNS.map((column) => DATABASE_TYPES[SHOT_COLUMNS[column]]),
]

/**
 * Reads all beams of a granule into the new table `shots`. Progress counts shots.
 * @returns the columns that a beam lacks
 */
export async function loadShots(database: Database, granule: Granule, ctx: JobContext): Promise<Set<string>> {
  const columns = ALL_COLUMNS.map((name) => `${name} ${String(DATABASE_TYPES[SHOT_COLUMNS[name]])}`)
  await database.run(`CREATE TABLE shots (beam UTINYINT, ${columns.join(', ')})`)
  const missing = new Set<string>()
  let done = 0
  for (const beam of granule.beams) {
    throwIfCancelled(ctx.signal)
    ctx.progress(done, granule.shots)
    const shots = granule.read(beam)
    await appendBeam(database, shots)
    for (const column of ALL_COLUMNS) if (!shots.columns.has(column)) missing.add(column)
    done += shots.count
  }
  ctx.progress(done, granule.shots)
  return missing
}

/** Typed arrays go in by chunks: three times as fast as row by row (1.3 against 0.4 million rows a second). */
async function appendBeam(database: Database, { beam, count, columns }: BeamShots): Promise<void> {
  try {
    const appender = await database.connection.createAppender('shots')
    const code = new Uint8Array(CHUNK_ROWS).fill(beamCode(beam))
    for (let first = 0; first < count; first += CHUNK_ROWS) {
      const rows = Math.min(CHUNK_ROWS, count - first)
      const chunk = DuckDBDataChunk.create(CHUNK_TYPES, rows)
      setColumn(chunk, 0, code, 0, rows)
      for (const [index, column] of ALL_COLUMNS.entries()) {
        setColumn(chunk, index + 1, columns.get(column), first, rows)
      }
      appender.appendDataChunk(chunk)
    }
    appender.closeSync()
  } catch (thrown) {
    throw databaseError(thrown)
  }
}

function setColumn(
  chunk: DuckDBDataChunk,
  index: number,
  values: ArrayLike<number | bigint> | undefined,
  first: number,
  rows: number,
): void {
  const vector = chunk.getColumnVector(index)
  for (let row = 0; row < rows; row++) vector.setItem(row, values === undefined ? null : values[first + row])
  vector.flush()
}

const PLACED = `lon_lowestmode BETWEEN -180 AND 180 AND lat_lowestmode BETWEEN -90 AND 90 AND isfinite(delta_time)`

const storedSchema = z.object({
  rows: countSchema,
  distinct: countSchema,
  first: z.bigint().nullable(),
  last: z.bigint().nullable(),
})

export interface StoredShots {
  /** Rows of the Parquet file. */
  rows: number
  withoutPosition: number
  shotRange: GranuleSummary['shotRange']
}

/**
 * Writes the table `shots` to a Parquet file: shots with a position and a time, the first of equal shot numbers.
 * @throws StudioError `disk-full`, `output-unwritable`, `cancelled`
 */
export async function writeShots(
  database: Database,
  output: string,
  signal: AbortSignal,
): Promise<StoredShots> {
  const withoutPosition = await database.run(`DELETE FROM shots WHERE (${PLACED}) IS NOT TRUE`, { signal })
  const { rows, distinct, first, last } = await database.row(
    `SELECT count(*) AS rows, count(DISTINCT shot_number) AS distinct, min(shot_number) AS first,
      max(shot_number) AS last FROM shots`,
    storedSchema,
    { signal },
  )
  const unique =
    distinct === rows ? '' : 'QUALIFY row_number() OVER (PARTITION BY shot_number ORDER BY rowid) = 1'
  const part = partPath(output)
  try {
    const written = await database.run(
      `COPY (SELECT * FROM shots ${unique}) TO ${quotedString(part)} (FORMAT parquet, COMPRESSION zstd)`,
      { signal, file: output },
    )
    await checkParquet(database, part, written)
    await finishFile(output)
    const shotRange = first === null || last === null ? null : { first: String(first), last: String(last) }
    return { rows: written, withoutPosition, shotRange }
  } catch (thrown) {
    await rm(part, { force: true })
    throw thrown
  }
}

async function checkParquet(database: Database, path: string, rows: number): Promise<void> {
  if ((await parquetRows(database, path)) === rows) return
  throw new StudioError('output-unwritable', 'The Parquet file was not written completely.', {
    file: path,
    hint: 'Check the disk and run again.',
  })
}
