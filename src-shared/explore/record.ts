import { z } from 'zod'
import { shotNumberSchema, SPLITS } from '../footprint/footprint'
import { rejectionReasonSchema } from '../footprint/rejection'
import { EXPLORE_FILTERS } from './filter-names'

/** Everything that is known of one footprint, for the popup of the map. What its source does not hold is null. */
export const exploreRecordSchema = z.object({
  shotNumber: shotNumberSchema,
  /** WGS 84, degrees. */
  lon: z.number(),
  lat: z.number(),
  /** Mg/ha; null where the granule has the fill value. */
  agbd: z.number().nullable(),
  agbdSe: z.number().nullable(),
  /** agbdSe / agbd. */
  relativeStandardError: z.number().nullable(),
  /** Name of the beam, `BEAM0101`. */
  beam: z.string().nullable(),
  /** Time of the granule, `2020-06-07T04:11:09Z`. */
  time: z.string(),
  granule: z.string(),
  sensitivity: z.number().nullable(),
  /** Degrees above the horizon. */
  solarElevation: z.number().nullable(),
  l2Quality: z.int(),
  l4Quality: z.int(),
  surface: z.int(),
  degradeFlag: z.int().nullable(),
  /** The filters that it fails; none in the layer subset. */
  fails: z.array(z.enum(EXPLORE_FILTERS)),
  split: z.enum(SPLITS).nullable(),
  /** Row in its subset table, from 0; null in the layer footprints. */
  subsetRow: z.int().nullable(),
  state: z.enum(['dropped', 'kept', 'waiting', 'done', 'failed', 'rejected']),
  /** Where the state is `rejected`. */
  reason: rejectionReasonSchema.nullable(),
})
export type ExploreRecord = z.infer<typeof exploreRecordSchema>
