import { z } from 'zod'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import { withDatabase, type Database, type DatabaseOptions } from '../footprints/database'
import { importTable } from '../footprints/table'
import type { JobContext } from '../process/context'
import { orderOnMap, placesFor, type Origin, type Places } from './columns'
import { readVector, type Target } from './read-vector'

/** Paths of the tables of both splits, null where there is none. */
export type SplitPaths = Readonly<Record<Split, string | null>>

/** What footprints of a table have in common. */
export type TableOrigin = Origin & { split: Split }

/** The footprints of combined or subset tables. */
export interface TableWorld {
  places: Places
  /** Key of each row, ascending, see `keyAt`. */
  keys: Uint32Array
  origins: TableOrigin[]
  /** Rows of each table. */
  sizes: Record<Split, number>
  /** Of each row, its row in its table, from 0. */
  tableRow: Uint32Array
}

const originSchema = z.object({ granule: z.string(), acquired: z.number() })

/**
 * Loads the footprints of tables, ours or another program's. Progress counts footprints.
 * @throws StudioError `input-missing`; `table-invalid`; `cancelled`, `disk-full`
 */
export async function loadTables(
  tables: SplitPaths,
  options: DatabaseOptions,
  ctx: Pick<JobContext, 'signal' | 'progress'>,
): Promise<TableWorld> {
  return withDatabase(options, async (database) => {
    const imported: { split: Split; rows: number }[] = []
    for (const split of SPLITS) {
      const path = tables[split]
      if (path !== null) imported.push({ split, ...(await importTable(database, path, split, ctx.signal)) })
    }
    const total = imported.reduce((sum, { rows }) => sum + rows, 0)
    const places = placesFor(total)
    const tableRow = new Uint32Array(total)
    const origins: TableOrigin[] = []
    const sizes: Record<Split, number> = { train: 0, test: 0 }
    let at = 0
    for (const { split, rows } of imported) {
      const found = await readOrigins(database, split, ctx.signal)
      await readTable(database, split, { places, tableRow, at }, ctx.signal)
      for (let row = at; row < at + rows; row++) places.origin[row] += origins.length
      for (const origin of found) origins.push({ ...origin, split, lacks: 0 })
      sizes[split] = rows
      at += rows
      ctx.progress(at, total)
    }
    const { keys } = await orderOnMap(places, total, [tableRow], ctx.signal)
    return { places, keys, origins, sizes, tableRow }
  })
}

/** Numbers the granules and times of a table in the database table `origins_SPLIT`, and says what they are. */
async function readOrigins(
  database: Database,
  split: Split,
  signal: AbortSignal,
): Promise<z.infer<typeof originSchema>[]> {
  await database.run(
    `CREATE TABLE origins_${split} AS
     SELECT granule, acquired, (row_number() OVER (ORDER BY granule, acquired) - 1)::UINTEGER AS place
     FROM (SELECT DISTINCT "GEDI Filename" AS granule, acquisition_time AS acquired FROM ${split})`,
    { signal },
  )
  return database.rows(
    `SELECT granule, epoch_ms(acquired)::DOUBLE AS acquired FROM origins_${split} ORDER BY place`,
    originSchema,
    { signal },
  )
}

async function readTable(
  database: Database,
  split: Split,
  { places, tableRow, at }: { places: Places; tableRow: Uint32Array; at: number },
  signal: AbortSignal,
): Promise<void> {
  const columns: [sql: string, target: Target][] = [
    ['lon_lowestmode', places.lon],
    ['lat_lowestmode', places.lat],
    ['agbd', places.agbd],
    ['agbd_se', places.agbdSe],
    ['shot_number', places.shot],
    ['l2_quality_flag', places.l2],
    ['l4_quality_flag', places.l4],
    ['surface_flag', places.surface],
    ['place', places.origin],
    [`${split}.rowid::UINTEGER`, tableRow],
  ]
  const sql = `SELECT ${columns.map(([column]) => column).join(', ')}
    FROM ${split} JOIN origins_${split} ON "GEDI Filename" = granule AND acquisition_time = acquired`
  let row = at
  for await (const chunk of database.chunks(sql, { signal })) {
    columns.forEach(([, target], column) => readVector(chunk, column, target, row))
    row += chunk.rowCount
  }
}
