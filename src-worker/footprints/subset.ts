import { z } from 'zod'
import type { Split } from '../../src-shared/footprint/footprint'
import type { JobContext } from '../process/context'
import { countSchema, withDatabase, type Database } from './database'
import { dayQuotas, type DayCount } from './day-quotas'
import { shuffleKey } from './shuffle-order'
import type { SubsetSummary } from './subset-summary'
import { importTable } from './table'
import { dropNear, readApart } from './drop-near'
import { writeTable } from './write-table'

export interface SubsetRequest {
  /** Path of the combined table (CSV), ours or another program's. */
  table: string
  /** Path of the subset table to write. */
  output: string
  /** Largest number of rows. */
  size: number
  seed: number
  split: Split
  /** Rows nearer than `distance` metres to a footprint of another table are left out first; null: none. */
  apart: { table: string; distance: number } | null
  /** Memory for the database before it spills into `tempDirectory`, MiB. */
  memoryMb: number
  tempDirectory: string
  threads?: number | undefined
}

const dayCountSchema = z.object({ day: countSchema, rows: countSchema })

/**
 * Draws a subset of a combined table, as even over the day of year of `acquisition_time` as the data allow, random
 * inside a day, in random order; all by the seed (SPEC 2). Rows that are too near to another table are no part of the
 * data. Progress counts rows of the subset.
 * @throws StudioError `input-missing`, `table-invalid`, `disk-full`, `output-unwritable`, `cancelled`
 */
export async function drawSubset(request: SubsetRequest, ctx: JobContext): Promise<SubsetSummary> {
  const { signal } = ctx
  const apart = request.apart === null ? null : await readApart(request.apart, request, signal)
  return withDatabase(request, async (database) => {
    await importTable(database, request.table, 'combined', signal)
    const tooNear = apart === null ? null : await dropNear(database, apart, ctx)
    const counts = await database.rows(
      'SELECT dayofyear(acquisition_time) AS day, count(*) AS rows FROM combined GROUP BY ALL ORDER BY day',
      dayCountSchema,
      { signal },
    )
    const quotas = dayQuotas(counts, request.size, request.seed)
    const drawn = new Map(quotas.map(({ day, rows }) => [day, rows]))
    const total = quotas.reduce((sum, { rows }) => sum + rows, 0)
    const available = counts.reduce((sum, { rows }) => sum + rows, 0)
    ctx.progress(0, total)
    const chosen = total < available ? await chooseRows(database, quotas, request.seed, signal) : ''
    const rows = await writeTable(
      database,
      {
        from: `combined ${chosen}`,
        orderBy: `${shuffleKey('subset', request.seed)}, shot_number, rowid`,
      },
      request.output,
      signal,
    )
    ctx.progress(rows, total)
    return {
      split: request.split,
      available,
      ...(tooNear === null ? {} : { tooNear }),
      rows,
      days: counts.map((count) => ({
        day: count.day,
        available: count.rows,
        drawn: drawn.get(count.day) ?? 0,
      })),
    }
  })
}

/**
 * Chooses rows within days; equal shot numbers, which only other programs' tables hold, are told apart by their row.
 * @returns the WHERE clause for the chosen rows
 */
async function chooseRows(
  database: Database,
  quotas: readonly DayCount[],
  seed: number,
  signal: AbortSignal,
): Promise<string> {
  const values = quotas.map(({ day, rows }) => `(${day}, ${rows})`).join(', ')
  await database.run(
    `CREATE TABLE chosen AS
     SELECT id FROM (
       SELECT combined.rowid AS id, quota, row_number() OVER (
         PARTITION BY day ORDER BY ${shuffleKey('sample', seed)}, shot_number, combined.rowid
       ) AS place
       FROM combined JOIN (VALUES ${values}) AS quotas(day, quota) ON day = dayofyear(acquisition_time)
     ) WHERE place <= quota`,
    { signal },
  )
  return 'WHERE rowid IN (SELECT id FROM chosen)'
}
