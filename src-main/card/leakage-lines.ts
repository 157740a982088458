import { distanceText, sharingWords } from '../../src-shared/run/leakage'
import type { Report } from '../../src-shared/run/report'

/** What the report says of test samples near train samples, a line each; none where it says nothing. */
export function leakageLines({ leakage }: Report): string[] {
  if (leakage === null) return []
  const { median } = leakage
  const distance =
    median === null
      ? ''
      : ` Half of the test footprints lie within ${distanceText(median)} of a train footprint.`
  return [`${sharingWords(leakage)}.${distance}`]
}
