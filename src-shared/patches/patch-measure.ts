import { z } from 'zod'
import { SUSPECT_RULE_NAMES } from './suspects'

/** Measures a piece of what is not measured yet in some files: what suspects are told by. */
export const patchMeasureRequestSchema = z.object({
  files: z.array(z.string()),
  partly: z.boolean().optional(),
  /** Milliseconds after which it stops. */
  budget: z.number().positive(),
})
export type PatchMeasureRequest = z.infer<typeof patchMeasureRequestSchema>

export const patchMeasuredSchema = z.object({
  /** Samples that are measured, of all in files that can be read. */
  done: z.int(),
  total: z.int(),
  /** How many samples meet each rule; null until all are measured. */
  counts: z.record(z.enum(SUSPECT_RULE_NAMES), z.int()).nullable(),
})
export type PatchMeasured = z.infer<typeof patchMeasuredSchema>
