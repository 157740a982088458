import { z } from 'zod'
import { SPLITS, shotNumberSchema } from '../footprint/footprint'
import { serializedErrorSchema } from '../errors/studio-error'
import { sampleRefSchema, type SampleRef } from '../api/run-state'

/** What people say of a sample: that it stays in the dataset, or that it is left out of it. */
export const MARKS = ['keep', 'exclude'] as const
export type Mark = (typeof MARKS)[number]

/** Why a sample is excluded, with the name that the window shows. */
export const REVIEW_REASONS = {
  cloud: 'Cloud',
  haze: 'Haze',
  shadow: 'Shadow',
  geolocation: 'Geolocation',
  'land-cover': 'Land cover',
  artefact: 'Artefact',
  duplicate: 'Duplicate',
  other: 'Other',
} as const
export type ReviewReason = keyof typeof REVIEW_REASONS

export const reviewReasonSchema = z.enum(Object.keys(REVIEW_REASONS) as [ReviewReason, ...ReviewReason[]])

/** Newest version of `review.json` that this program reads and writes. */
export const REVIEW_FORMAT = 1

/** What a batch was when a sample of it was marked: another size or key is another batch. */
export const batchIdentitySchema = z.object({
  /** Bytes of the batch file. */
  bytes: z.int().nonnegative(),
  /** Key of the batch's record: what it was made from. */
  key: z.string(),
})
export type BatchIdentity = z.infer<typeof batchIdentitySchema>

/** A mark as `review.json` keeps it. */
export const reviewMarkSchema = sampleRefSchema.extend({
  /** Exact shot number as digits, to tell whether the sample is still the one that was looked at. */
  shotNumber: shotNumberSchema,
  mark: z.enum(MARKS),
  /** Of samples that are excluded; none where nobody said why. */
  reasons: z.array(reviewReasonSchema),
  /** When it was marked, ISO. */
  time: z.iso.datetime(),
  batchFile: batchIdentitySchema,
})
export type ReviewMark = z.infer<typeof reviewMarkSchema>

export const reviewFileSchema = z.object({
  formatVersion: z.literal(REVIEW_FORMAT),
  marks: z.array(reviewMarkSchema),
})

/** Samples that one request marks at most, so that it stays below the largest message. */
export const MOST_MARKED = 8000

/** A sample with its shot number: what a mark is put on. */
export const markedSampleSchema = sampleRefSchema.extend({ shotNumber: shotNumberSchema })
export type MarkedSample = z.infer<typeof markedSampleSchema>

/** One text for one place in a batch. */
export function markKey({ split, batch, row }: SampleRef): string {
  return `${split}/${batch}/${row}`
}

const count = z.int().nonnegative()

/** How many samples of a split are marked, and the excluded ones by reason; `none`: nobody said why. */
export const reviewCountsSchema = z.object({
  keep: count,
  exclude: count,
  reasons: z.partialRecord(z.union([reviewReasonSchema, z.literal('none')]), count),
})
export type ReviewCounts = z.infer<typeof reviewCountsSchema>

/** Counts of the marks of one split. A sample that is excluded for several reasons counts under each. */
export function countMarks(marks: Iterable<Pick<ReviewMark, 'mark' | 'reasons'>>): ReviewCounts {
  const counts: ReviewCounts = { keep: 0, exclude: 0, reasons: {} }
  for (const { mark, reasons } of marks) {
    counts[mark] += 1
    if (mark === 'keep') continue
    for (const reason of reasons.length === 0 ? (['none'] as const) : reasons)
      counts.reasons[reason] = (counts.reasons[reason] ?? 0) + 1
  }
  return counts
}

/** Name of a reason, or of there being none. */
export function reasonName(reason: ReviewReason | 'none'): string {
  return reason === 'none' ? 'No reason given' : REVIEW_REASONS[reason]
}

/** Reasons with their numbers of samples, in the order of the table, `none` at the end. */
export function reasonsInOrder(counts: ReviewCounts): { reason: ReviewReason | 'none'; count: number }[] {
  return [...(Object.keys(REVIEW_REASONS) as ReviewReason[]), 'none' as const].flatMap((reason) => {
    const found = counts.reasons[reason] ?? 0
    return found === 0 ? [] : [{ reason, count: found }]
  })
}

/** A mark that does not apply, because its batch or its sample is another by now. */
export const unmatchedMarkSchema = markedSampleSchema.extend({
  mark: z.enum(MARKS),
  /** batch: the batch was cut again or is gone; shot: another sample lies at its row. */
  because: z.enum(['batch', 'shot']),
})
export type UnmatchedMark = z.infer<typeof unmatchedMarkSchema>

/** "train batch 12, row 40 (shot 123)": a mark that does not apply, for lists and logs. */
export function unmatchedWords({ split, batch, row, shotNumber, because }: UnmatchedMark): string {
  const why = because === 'batch' ? 'the batch is another now' : 'another shot lies there'
  return `${split} batch ${batch}, row ${row}, shot ${shotNumber}: ${why}`
}

/** Marks as the window gets them: all of them at first, then those that changed. */
export const reviewStateSchema = z.object({
  /** Whether `marks` are all there are, in place of those sent before. */
  fresh: z.boolean(),
  /** null: the sample is not marked any more. */
  marks: z.array(
    sampleRefSchema.extend({ mark: z.enum(MARKS).nullable(), reasons: z.array(reviewReasonSchema) }),
  ),
  counts: z.record(z.enum(SPLITS), reviewCountsSchema),
  /** What undo and redo would do, in words ("Exclude 3 samples"); null where there is nothing. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
  /** The first of the marks that do not apply, and how many there are. */
  unmatched: z.array(unmatchedMarkSchema),
  unmatchedTotal: count,
  /** Set where a damaged `review.json` was put aside: its new name, and how many marks could be read of it. */
  recovered: z.object({ keptAs: z.string(), marks: count }).nullable(),
  /** Why `review.json` cannot be written; null where it holds the marks. */
  error: serializedErrorSchema.nullable(),
})
export type ReviewState = z.infer<typeof reviewStateSchema>
/** What undo and redo of marks would do, in words. */
export type MarkChangeLabels = Pick<ReviewState, 'undo' | 'redo'>
