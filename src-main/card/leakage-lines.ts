import { z } from 'zod'
import type { Report } from '../../src-shared/run/report'
import { counted } from '../../src-shared/wording/counted'

/** The figure that the report has where samples of both splits were compared; other members are let be. */
const leakageSchema = z.looseObject({
  leakage: z.looseObject({
    test: z.int().nonnegative(),
    sharing: z.int().nonnegative(),
    medianMetres: z.number().nullable().optional(),
  }),
})

/** What the report says of test samples near train samples, a line each; none where it says nothing. */
export function leakageLines(report: Report): string[] {
  const found = leakageSchema.safeParse(report)
  if (!found.success) return []
  const { test, sharing, medianMetres } = found.data.leakage
  const median =
    medianMetres === null || medianMetres === undefined
      ? ''
      : ` The median distance from a test sample to the nearest train sample is ${Math.round(medianMetres).toLocaleString('en-US')} m.`
  return [
    `${sharing.toLocaleString('en-US')} of ${counted(test, 'test patch', 'test patches')} share pixels with train patches.${median}`,
  ]
}
