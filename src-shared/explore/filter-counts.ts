import { z } from 'zod'
import { EXPLORE_FILTERS } from './filter-names'

const count = z.int().nonnegative()
const counts = z.array(count)

/** Footprints of one value: all of them; those that pass every filter but the one on this value; those kept. */
const shares = { all: count, others: count, kept: count }

/** The values that are shown as histograms. */
export const HISTOGRAM_NAMES = ['relative-standard-error', 'agbd', 'sensitivity', 'solar-elevation'] as const
export type HistogramName = (typeof HISTOGRAM_NAMES)[number]

/**
 * Footprints by a value in n bins; bin i holds edges[i] <= value < edges[i + 1], the last one its upper edge too. The
 * edges depend on the footprints alone, not on the settings. Where no footprint has the value, all lists are empty.
 */
export const histogramSchema = z.object({
  /** n + 1 ascending edges: ratio, Mg/ha, fraction, degrees. All bins are equally wide but for the two below. */
  edges: z.array(z.number()),
  /** The first bin is wider than the others: it reaches down to the smallest value. */
  underflow: z.boolean(),
  /** The last bin is wider than the others: it reaches up to the largest value. */
  overflow: z.boolean(),
  /** Footprints that have no such value: fill value, or a granule without the column. */
  absent: count,
  all: counts,
  /** Footprints that pass every filter but the one on this value. */
  others: counts,
  kept: counts,
})
export type Histogram = z.infer<typeof histogramSchema>

/** Of the footprints that pass every other filter, those that pass this one, asked for or not, and those that do not. */
const flagSchema = z.object({ pass: count, fail: count })

/**
 * What the present settings do to the footprints of a project: kept = train + test, total = kept + dropped. A footprint
 * counts once, in its newest version.
 */
export const filterCountsSchema = z.object({
  /** Grows with every change of what is kept; tiles of another revision are out of date. */
  revision: z.int(),
  total: count,
  kept: count,
  train: count,
  test: count,
  dropped: count,
  /** In the order of EXPLORE_FILTERS. */
  filters: z.array(
    z.object({
      name: z.enum(EXPLORE_FILTERS),
      /** Whether the settings ask for it. */
      active: z.boolean(),
      /** Footprints that fail it. */
      removed: count,
      /** Footprints that fail it and no other: what comes back when it is turned off. */
      alone: count,
    }),
  ),
  histograms: z.record(z.enum(HISTOGRAM_NAMES), histogramSchema),
  /** Footprints per UTC day of acquisition, from `first` on without gaps; null without footprints, or over a century. */
  days: z.object({ first: z.iso.date(), all: counts, others: counts, kept: counts }).nullable(),
  /** Ascending; `others` passes every filter and may be in neither split. */
  years: z.array(z.object({ year: z.int(), ...shares })),
  /** Beams that occur, by name. */
  beams: z.array(z.object({ beam: z.string(), ...shares })),
  /** Degrade flags that occur, ascending. */
  degradeFlags: z.array(z.object({ value: z.int(), ...shares })),
  flags: z.object({ l2: flagSchema, l4: flagSchema, surface: flagSchema, positive: flagSchema }),
  /** Optional columns that some granules lack; their footprints fail a filter that needs the column. */
  missing: z.array(
    z.object({
      column: z.enum(['sensitivity', 'solar_elevation', 'degrade_flag']),
      granules: count,
      shots: count,
    }),
  ),
})
export type FilterCounts = z.infer<typeof filterCountsSchema>
