import { z } from 'zod'
import type { Database } from '../footprints/database'
import { globLiteral } from '../footprints/table'

/** What a plan holds that is to be added to; its rows are in the table `before`. */
export interface PlannedBefore {
  /** 1 for each row of the subset that is in it. */
  rows: Uint8Array
  count: number
  batches: number
}

/** Rows of a plan file with their places, as `COPY` writes them. */
const COLUMNS = 'batch, place, candidates, subset_row'

/**
 * Reads the plan that is there into the table `before`, or makes that table empty.
 * @param path null for no plan
 * @param rows of the subset
 * @throws StudioError where the plan cannot be read
 */
export async function loadPlanned(
  database: Database,
  path: string | null,
  rows: number,
): Promise<PlannedBefore> {
  await database.run(
    path === null
      ? 'CREATE TABLE before (batch INTEGER, place DOUBLE, candidates VARCHAR, subset_row INTEGER)'
      : `CREATE TABLE before AS SELECT ${COLUMNS} FROM read_parquet(${globLiteral(path)})`,
    path === null ? {} : { file: path },
  )
  const before: PlannedBefore = { rows: new Uint8Array(rows), count: 0, batches: 0 }
  for await (const chunk of database.chunks('SELECT subset_row, batch FROM before')) {
    const [row, batch] = [0, 1].map((column) => chunk.getColumnVector(column))
    for (let i = 0; i < chunk.rowCount; i++) {
      before.rows[Number(row.getItem(i))] = 1
      before.batches = Math.max(before.batches, Number(batch.getItem(i)) + 1)
    }
    before.count += chunk.rowCount
  }
  return before
}

/** Footprints in each batch of a plan file, and the scenes that they are cut from first. */
export async function planContents(
  database: Database,
  path: string,
): Promise<{ sizes: number[]; scenes: number }> {
  const from = `FROM read_parquet(${globLiteral(path)})`
  const sizes = await database.rows(
    `SELECT count(*)::INTEGER AS size ${from} GROUP BY batch ORDER BY batch`,
    z.object({ size: z.int() }),
    { file: path },
  )
  const [{ scenes }] = await database.rows(
    `SELECT count(DISTINCT split_part(candidates, ' ', 1))::INTEGER AS scenes ${from}`,
    z.object({ scenes: z.int() }),
    { file: path },
  )
  return { sizes: sizes.map(({ size }) => size), scenes }
}

/** Batches joined to parts: a batch that is not full ends one. */
export function partsOf(sizes: readonly number[], batchSize: number): number[] {
  const parts: number[] = []
  let part = 0
  for (const [batch, size] of sizes.entries()) {
    part += size
    if (size === batchSize && batch < sizes.length - 1) continue
    parts.push(part)
    part = 0
  }
  return parts
}
