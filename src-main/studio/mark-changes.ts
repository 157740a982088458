import type { SampleRef } from '../../src-shared/api/run-state'
import {
  markKey,
  type BatchIdentity,
  type Mark,
  type MarkedSample,
  type ReviewMark,
  type ReviewReason,
  type ReviewState,
} from '../../src-shared/review/marks'
import { counted } from '../../src-shared/wording/counted'
import { isSameBatch } from '../run/left-out-samples'

/** A mark that is put, or taken away (null), at a place in a batch. */
export interface MarkChange {
  sample: SampleRef
  mark: ReviewMark | null
}

/** What is put on samples. */
export interface MarkRequest {
  samples: readonly MarkedSample[]
  /** null takes marks away. */
  mark: Mark | null
  /** null leaves those that samples have. */
  reasons: readonly ReviewReason[] | null
  /** Whether it belongs to the step of undo of the request before. */
  joins?: boolean
}

/** The name of a batch in the table that `changesFor` is given. */
export function batchName({ split, batch }: Pick<SampleRef, 'split' | 'batch'>): string {
  return `${split}/${batch}`
}

/**
 * What a request changes; samples that are marked like that already are left out.
 * @param present marks that there are, by markKey
 * @param batches what the batches of the samples are, by batchName; asked for where samples get a mark
 */
export function changesFor(
  { samples, mark, reasons }: MarkRequest,
  present: ReadonlyMap<string, ReviewMark>,
  batches: ReadonlyMap<string, BatchIdentity>,
): MarkChange[] {
  const time = new Date().toISOString()
  return samples.flatMap(({ split, batch, row, shotNumber }): MarkChange[] => {
    const sample = { split, batch, row }
    const before = present.get(markKey(sample))
    const batchFile = batches.get(batchName(sample))
    if (mark === null || batchFile === undefined) return before === undefined ? [] : [{ sample, mark: null }]
    const kept = before?.mark === 'exclude' && before.shotNumber === shotNumber ? before.reasons : []
    const given = mark === 'keep' ? [] : [...(reasons ?? kept)]
    const next = { ...sample, shotNumber, mark, reasons: given, time, batchFile }
    return before !== undefined && isSameMark(before, next) ? [] : [{ sample, mark: next }]
  })
}

/** What a step of undo is called: "Exclude 3 samples". */
export function labelOf({ mark, reasons }: Pick<MarkRequest, 'mark' | 'reasons'>, count: number): string {
  const samples = counted(count, 'sample')
  if (mark === null) return `Unmark ${samples}`
  if (mark === 'keep') return `Keep ${samples}`
  return reasons === null ? `Exclude ${samples}` : `Reasons of ${samples}`
}

function isSameMark(a: ReviewMark, b: ReviewMark): boolean {
  return (
    a.mark === b.mark &&
    a.shotNumber === b.shotNumber &&
    a.reasons.join() === b.reasons.join() &&
    isSameBatch(a, b.batchFile)
  )
}

/** Two states for a reader who was busy: the newer one, with what changed in either. */
export function mergedStates(waiting: ReviewState, next: ReviewState): ReviewState {
  return next.fresh ? next : { ...next, fresh: waiting.fresh, marks: [...waiting.marks, ...next.marks] }
}
