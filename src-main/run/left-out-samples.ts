import { z } from 'zod'
import type { Split } from '../../src-shared/footprint/footprint'
import type { SplitReport } from '../../src-shared/run/report'
import { counted } from '../../src-shared/wording/counted'
import {
  countMarks,
  markKey,
  unmatchedWords,
  type BatchIdentity,
  type ReviewMark,
  type UnmatchedMark,
} from '../../src-shared/review/marks'
import type { BatchRecord } from '../../src-worker/jobs/schemas'

/** Marks that one message names. */
const MOST_NAMED = 5

/** The marks of a split beside its batches. */
export interface SplitMarks {
  /** Samples that are excluded, in the order of batches and rows. */
  excluded: ReviewMark[]
  /** Marks whose batch is another by now, or is gone. */
  unmatched: UnmatchedMark[]
}

/** Whether a batch is still the one of which a sample was marked. */
export function isSameBatch(mark: Pick<ReviewMark, 'batchFile'>, batch: BatchIdentity | null): boolean {
  return batch !== null && mark.batchFile.bytes === batch.bytes && mark.batchFile.key === batch.key
}

/** The mark as one that does not apply. */
export function unmatchedMark(mark: ReviewMark, because: UnmatchedMark['because']): UnmatchedMark {
  const { split, batch, row, shotNumber } = mark
  return { split, batch, row, shotNumber, mark: mark.mark, because }
}

/** What the marks of a split mean for its batches. */
export function marksOfSplit(
  marks: readonly ReviewMark[],
  split: Split,
  records: readonly Pick<BatchRecord, 'batch' | 'bytes' | 'key'>[],
): SplitMarks {
  const batches = new Map(records.map((record) => [record.batch, record] as const))
  const found: SplitMarks = { excluded: [], unmatched: [] }
  for (const mark of marks) {
    if (mark.split !== split) continue
    if (!isSameBatch(mark, batches.get(mark.batch) ?? null))
      found.unmatched.push(unmatchedMark(mark, 'batch'))
    else if (mark.mark === 'exclude') found.excluded.push(mark)
  }
  found.excluded.sort((a, b) => a.batch - b.batch || a.row - b.row)
  return found
}

/** What the record of a fuse says of its samples. */
export const fuseSummarySchema = z.object({
  samples: z.int(),
  /** Samples that were excluded when it was made, by markKey. */
  excluded: z.array(z.string()).default([]),
  /** Of these, samples that were not there: another shot lay at their row. */
  unmatched: z.array(z.string()).default([]),
})
export type FuseSummary = z.infer<typeof fuseSummarySchema>

/** What the report says of the review of a split, given the marks of now and what its fuse found. */
export function reviewReport({ excluded, unmatched }: SplitMarks, fused: FuseSummary): SplitReport['review'] {
  const gone = new Set(fused.unmatched)
  const applied = excluded.filter((mark) => !gone.has(markKey(mark)))
  const others = excluded.filter((mark) => gone.has(markKey(mark)))
  if (excluded.length === 0 && unmatched.length === 0) return null
  return {
    excluded: applied.length,
    reasons: countMarks(applied).reasons,
    unmatched: [...unmatched, ...others.map((mark) => unmatchedMark(mark, 'shot'))],
  }
}

/** A line for the log about marks that do not apply; null where all do. */
export function unmatchedLine(unmatched: readonly UnmatchedMark[]): string | null {
  if (unmatched.length === 0) return null
  const named = unmatched.slice(0, MOST_NAMED).map(unmatchedWords)
  const more = unmatched.length > MOST_NAMED ? `; and ${unmatched.length - MOST_NAMED} more` : ''
  const verb = unmatched.length === 1 ? 'does' : 'do'
  return `${counted(unmatched.length, 'mark')} of the review ${verb} not apply: ${named.join('; ')}${more}`
}

/** What changed in the review since a dataset was fused: `3 samples excluded since`; null where nothing did. */
export function excludedSince(before: readonly string[], now: readonly string[]): string | null {
  const [old, present] = [new Set(before), new Set(now)]
  const added = now.filter((key) => !old.has(key)).length
  const removed = before.filter((key) => !present.has(key)).length
  const parts = [
    ...(added === 0 ? [] : [`${counted(added, 'sample')} excluded`]),
    ...(removed === 0 ? [] : [`${counted(removed, 'sample')} taken back in`]),
  ]
  return parts.length === 0 ? null : `${parts.join(', ')} since`
}
