import { z } from 'zod'

const count = z.int().nonnegative()

/** How the footprints of a combined or subset table are spread over time and biomass. */
export const distributionSchema = z.object({
  rows: count,
  /** 366 counts by day of the year (UTC), day 1 first, all years together. */
  perDay: z.array(count).length(366),
  /** 12 counts by month, all years together. */
  perMonth: z.array(count).length(12),
  /** Bins of 5 Mg/ha from 0 to 600, the upper edge not in the bin, and what lies outside. */
  agbd: z.object({
    /** 121 edges. */
    edges: z.array(z.number()),
    /** 120 counts. */
    counts: z.array(count),
    below: count,
    above: count,
  }),
  /** Counts by UTC day from `first` on without gaps; null for an empty table, or over a century. */
  perDate: z.object({ first: z.iso.date(), counts: z.array(count) }).nullable(),
})
export type TableDistribution = z.infer<typeof distributionSchema>
