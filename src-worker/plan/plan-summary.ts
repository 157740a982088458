import { z } from 'zod'
import { serializedErrorSchema } from '../../src-shared/errors/studio-error'

/** What the plan of a split comes to. */
export const planSummarySchema = z.object({
  /** Rows of the subset. */
  footprints: z.int(),
  noScene: z.int(),
  /** Scenes that footprints are cut from first. */
  scenes: z.int(),
  batches: z.int(),
  /**
   * Footprints in batches: of the plan as it was first made, and of each time that it was added to. Every part begins a
   * batch of its own. Missing in records of versions that made plans once.
   */
  parts: z.array(z.int()).optional(),
  /** Footprints that failed searches leave open, by error. */
  open: z.array(z.object({ error: serializedErrorSchema, footprints: z.int() })).default([]),
})
export type SplitPlan = z.infer<typeof planSummarySchema>

/** Footprints of a plan that are in no batch because searches failed. */
export function openCount({ open }: Pick<SplitPlan, 'open'>): number {
  return open.reduce((sum, { footprints }) => sum + footprints, 0)
}

/** Footprints of a plan that are in batches. */
export function plannedCount(plan: SplitPlan): number {
  return plan.footprints - plan.noScene - openCount(plan)
}

/** Footprints in each batch of a plan. */
export function batchSizes(plan: SplitPlan, batchSize: number): number[] {
  return (plan.parts ?? [plannedCount(plan)]).flatMap((part) =>
    Array.from({ length: Math.ceil(part / batchSize) }, (_, batch) =>
      Math.min(batchSize, part - batch * batchSize),
    ),
  )
}
