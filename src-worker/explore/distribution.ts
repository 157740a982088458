import { z } from 'zod'
import type { TableDistribution } from '../../src-shared/explore/distribution'
import { DAY_MS } from '../../src-shared/footprint/time'
import { countSchema, withDatabase, type Database, type DatabaseOptions } from '../footprints/database'
import { importTable } from '../footprints/table'
import type { JobContext } from '../process/context'

const TABLE = 'footprints'
/** Mg/ha. */
const BIN_WIDTH = 5
const BINS = 120
/** Days between the first and the last that are counted one by one; beyond, times must be wrong. */
const MOST_DAYS = 36_525

const countedSchema = z.object({ code: z.int(), rows: countSchema })
type Counted = z.infer<typeof countedSchema>

/**
 * Counts a combined or subset table by time and biomass, days and months as `readDistribution` does.
 * @throws StudioError `input-missing`, `table-invalid`, `disk-full`, `cancelled`
 */
export async function countDistribution(
  { table, ...options }: DatabaseOptions & { table: string },
  { signal }: Pick<JobContext, 'signal'>,
): Promise<TableDistribution> {
  return withDatabase(options, async (database) => {
    const { rows } = await importTable(database, table, TABLE, signal)
    const count = (code: string): Promise<Counted[]> => countBy(database, code, signal)
    const days = await count('dayofyear(acquisition_time)')
    const months = await count('month(acquisition_time)')
    const bins = await count(`least(greatest(floor(agbd / ${BIN_WIDTH}), -1), ${BINS})`)
    const dates = await count(`epoch_ms(acquisition_time) // ${DAY_MS}`)
    return {
      rows,
      perDay: listed(days, 1, 366),
      perMonth: listed(months, 1, 12),
      agbd: {
        edges: Array.from({ length: BINS + 1 }, (_, bin) => bin * BIN_WIDTH),
        counts: listed(bins, 0, BINS),
        below: bins.find(({ code }) => code === -1)?.rows ?? 0,
        above: bins.find(({ code }) => code === BINS)?.rows ?? 0,
      },
      perDate: perDate(dates),
    }
  })
}

/** Rows by a whole number, ascending. */
function countBy(database: Database, code: string, signal: AbortSignal): Promise<Counted[]> {
  return database.rows(
    `SELECT (${code})::INTEGER AS code, count(*) AS rows FROM ${TABLE} GROUP BY ALL ORDER BY code`,
    countedSchema,
    { signal },
  )
}

/** Counts of the codes from `first` on as a list. */
function listed(counted: readonly Counted[], first: number, length: number): number[] {
  const list = new Array<number>(length).fill(0)
  for (const { code, rows } of counted) if (code >= first && code < first + length) list[code - first] = rows
  return list
}

function perDate(dates: readonly Counted[]): TableDistribution['perDate'] {
  const [first, last] = [dates.at(0), dates.at(-1)]
  if (first === undefined || last === undefined || last.code - first.code >= MOST_DAYS) return null
  return {
    first: new Date(first.code * DAY_MS).toISOString().slice(0, 10),
    counts: listed(dates, first.code, last.code - first.code + 1),
  }
}
