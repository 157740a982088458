import { z } from 'zod'
import type { Footprint } from '../../src-shared/footprint/footprint'
import type { Database } from '../footprints/database'
import { globLiteral } from '../footprints/table'

/** A footprint of a batch with the numbers of the scenes to cut it from, best first. */
export interface PlannedFootprint extends Footprint {
  candidates: number[]
}

const rowSchema = z
  .object({
    subset_row: z.int(),
    shot_number: z.bigint(),
    lon_lowestmode: z.number(),
    lat_lowestmode: z.number(),
    agbd: z.number(),
    agbd_se: z.number(),
    delta_time: z.number(),
    granule: z.string(),
    acquisition_ms: z.number(),
    candidates: z.string().regex(/^\d+( \d+)*$/),
  })
  .transform((row): PlannedFootprint => ({
    index: row.subset_row,
    shotNumber: row.shot_number.toString(),
    lon: row.lon_lowestmode,
    lat: row.lat_lowestmode,
    agbd: row.agbd,
    agbdSe: row.agbd_se,
    deltaTime: row.delta_time,
    granule: row.granule,
    acquisitionTime: row.acquisition_ms,
    candidates: row.candidates.split(' ').map(Number),
  }))

/**
 * The footprints of one batch of a plan, in cutting order.
 * @throws StudioError where the plan cannot be read; `cancelled`
 */
export function readBatch(
  database: Database,
  plan: string,
  batch: number,
  signal: AbortSignal,
): Promise<PlannedFootprint[]> {
  const sql = `SELECT * EXCLUDE (batch, place) FROM read_parquet(${globLiteral(plan)})
    WHERE batch = ${batch} ORDER BY place`
  return database.rows(sql, rowSchema, { signal, file: plan })
}
