import { z } from 'zod'
import { SUSPECT_RULE_NAMES } from './suspects'

/** Lowest and highest value, both within; null where that side is open. */
const rangeSchema = z.object({ low: z.number().nullable(), high: z.number().nullable() })
export type FilterRange = z.infer<typeof rangeSchema>

/** ISO days; null where that side is open. */
const daysSchema = z.object({ from: z.iso.date().nullable(), to: z.iso.date().nullable() })

/** What the samples of a list have to be like; what is absent does not matter. A sample without the number is out. */
export const patchFiltersSchema = z.object({
  /** Mg/ha. */
  agbd: rangeSchema.optional(),
  /** Standard error over AGBD, 0 to 1 and above. */
  relativeError: rangeSchema.optional(),
  /** Share of cloud classes, 0 to 1. */
  cloudShare: rangeSchema.optional(),
  /** In the file's unit. */
  slope: rangeSchema.optional(),
  /** Most frequent WorldCover class of the window: one of these. */
  landCover: z.array(z.int()).min(1).optional(),
  /** Part of the name of the Sentinel-2 product, in any case. */
  product: z.string().min(1).optional(),
  /** Day of the scene. */
  sceneDate: daysSchema.optional(),
  /** At least one of these rules is met. */
  suspects: z.array(z.enum(SUSPECT_RULE_NAMES)).min(1).optional(),
  /** What the review says of the sample, as it was when the list was asked for; of samples of batches only. */
  review: z.enum(['keep', 'exclude', 'none']).optional(),
})
export type PatchFilters = z.infer<typeof patchFiltersSchema>

/** Filters by a number, with name, unit, and how the number is shown. */
export const RANGE_FILTERS = {
  agbd: { label: 'Biomass density', unit: 'Mg/ha', scale: 1, step: 10 },
  relativeError: { label: 'Relative standard error', unit: '%', scale: 100, step: 5 },
  cloudShare: { label: 'Cloud', unit: '% of pixels', scale: 100, step: 1 },
  slope: { label: 'Slope', unit: "in the file's unit", scale: 1, step: 1 },
} as const
export type RangeFilter = keyof typeof RANGE_FILTERS
export const RANGE_FILTER_NAMES = Object.keys(RANGE_FILTERS) as RangeFilter[]

/** Choices of the filter by review. */
export const REVIEW_CHOICES = { keep: 'Kept', exclude: 'Excluded', none: 'Not marked' } as const

/**
 * Rows that were chosen by something that is not in the files, such as the marks of a review: with `keep` only these,
 * else all others.
 */
export const rowChoiceSchema = z.object({
  keep: z.boolean(),
  rows: z.array(z.object({ file: z.string(), rows: z.array(z.int().nonnegative()) })),
})
export type RowChoice = z.infer<typeof rowChoiceSchema>

/** Whether a number lies in a range. NaN lies in none. */
export function isWithin(value: number, { low, high }: FilterRange): boolean {
  return value >= (low ?? -Infinity) && value <= (high ?? Infinity)
}
