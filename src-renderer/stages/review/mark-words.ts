import { REVIEW_REASONS } from '../../../src-shared/review/marks'
import type { ShownMark } from '../../review/marks-store'

/** A mark in words: "Excluded: cloud, haze". */
export function markWords(shown: ShownMark | null): string {
  if (shown === null) return 'Not marked'
  if (shown.mark === 'keep') return 'Kept'
  const reasons = shown.reasons.map((reason) => REVIEW_REASONS[reason].toLowerCase())
  return reasons.length === 0 ? 'Excluded' : `Excluded: ${reasons.join(', ')}`
}
