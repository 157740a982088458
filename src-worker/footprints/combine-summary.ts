import { z } from 'zod'
import { FILTER_NAMES } from '../../src-shared/explore/filter-names'

const count = z.int().nonnegative()

/**
 * What combining did with every shot of the granules that were used:
 * shots = withoutPosition + duplicates + all `removed` + all otherYears + inBuffer + train + test.
 */
export const combineSummarySchema = z.object({
  granules: count,
  shots: count,
  withoutPosition: count,
  /** Shots that a newer version of a granule holds too. */
  duplicates: count,
  /** The active filters in their order, with the shots for which each was the first to fail. */
  filters: z.array(z.object({ name: z.enum(FILTER_NAMES), removed: count })),
  /** Shots that passed the filters, of years in neither split, ascending by year. */
  otherYears: z.array(z.object({ year: z.int(), shots: count })),
  /** With spatial blocks: shots that passed, and lie in the buffer beside a block of the other split. */
  inBuffer: count.optional(),
  train: count,
  test: count,
  /** Granules left out because they lack a column that an active filter needs; their shots count nowhere. */
  leftOut: z.array(z.object({ granule: z.string(), columns: z.array(z.string()) })),
})
export type CombineSummary = z.infer<typeof combineSummarySchema>
