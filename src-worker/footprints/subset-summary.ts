import { z } from 'zod'
import { SPLITS } from '../../src-shared/footprint/footprint'

/** What drawing a subset did. */
export const subsetSummarySchema = z.object({
  split: z.enum(SPLITS),
  /** Rows of the combined table that the subset is drawn from: all but those too near. */
  available: z.int().nonnegative(),
  /** Rows left out because they are too near to the train subset; absent where no distance was asked for. */
  tooNear: z.int().nonnegative().optional(),
  /** Rows of the subset. */
  rows: z.int().nonnegative(),
  /** Rows of each day of the year that has any, before and after, ascending by day. */
  days: z.array(
    z.object({
      day: z.int().min(1).max(366),
      available: z.int().nonnegative(),
      drawn: z.int().nonnegative(),
    }),
  ),
})
export type SubsetSummary = z.infer<typeof subsetSummarySchema>
