import type { StatisticsFile } from '../../src-shared/dataset/statistics'
import type { Split } from '../../src-shared/footprint/footprint'
import { markKey, type ReviewMark } from '../../src-shared/review/marks'
import type { SplitReport } from '../../src-shared/run/report'
import { counted } from '../../src-shared/wording/counted'
import { writeDurably } from '../../src-worker/files/durable-file'
import type { BatchRecord } from '../../src-worker/jobs/schemas'
import { fingerprint } from '../project/fingerprint'
import type { StepKeys } from '../project/step-keys'
import { creationTime } from './creation-time'
import {
  fuseSummarySchema,
  marksOfSplit,
  reviewReport,
  unmatchedLine,
  type FuseSummary,
} from './left-out-samples'
import { sourcesByName } from './place-names'
import { rootAttributes } from './root-attributes'
import { doStep, listenAs, type RunContext } from './run-context'

/** The batches of a split that are done, by number; null where one is not. */
export type SplitBatches = readonly (BatchRecord | null)[]

/** A dataset file, and what the review left out of it. */
export interface FusedSplit {
  dataset: string
  review: SplitReport['review']
}

/**
 * Joins the batches of each split into its dataset file, without the samples that the review excludes. A split with batches
 * that are not done is left for later. Marks that do not apply, because their batch changed since, are told.
 * @returns the dataset files there are now
 */
export async function fuseStep(
  context: RunContext,
  batches: ReadonlyMap<Split, SplitBatches>,
  marks: readonly ReviewMark[],
): Promise<Map<Split, FusedSplit>> {
  const fused = new Map<Split, FusedSplit>()
  for (const [split, records] of batches) {
    const done = records.filter((record) => record !== null)
    if (done.length < records.length) continue
    const ofSplit = marksOfSplit(marks, split, done)
    const summary = await fuseSplit(context, split, done, ofSplit.excluded)
    const review = reviewReport(ofSplit, summary)
    const line = unmatchedLine(review?.unmatched ?? [])
    if (line !== null) context.emit({ kind: 'log', level: 'warning', message: line })
    fused.set(split, { dataset: context.paths.dataset(split), review })
  }
  return fused
}

/** What a dataset file is made from: the settings of the fuse, the batches of its split, and which samples stay out. */
export function fuseKey(
  keys: StepKeys,
  split: Split,
  records: readonly Pick<BatchRecord, 'batch' | 'bytes' | 'samples'>[],
  excluded: readonly ReviewMark[],
): string {
  const batches = records.map(({ batch, bytes, samples }) => [batch, bytes, samples.length])
  const whole = `${keys.fuse}-${fingerprint([keys[`batch:${split}`], batches])}`
  if (excluded.length === 0) return whole
  return `${whole}-${fingerprint(excluded.map(({ batch, row, shotNumber }) => [batch, row, shotNumber]))}`
}

/** Whether a dataset was made by other settings of the fuse. */
export function isFusedOtherwise(keys: StepKeys, recordKey: string): boolean {
  return recordKey.includes('-') && !recordKey.startsWith(`${keys.fuse}-`)
}

/** Whether two keys of a fuse differ in nothing but the samples that stay out. */
export function differInReviewOnly(a: string, b: string): boolean {
  const withoutReview = (key: string): string => key.split('-').slice(0, 2).join('-')
  return a !== b && withoutReview(a) === withoutReview(b)
}

async function fuseSplit(
  context: RunContext,
  split: Split,
  records: readonly BatchRecord[],
  excluded: readonly ReviewMark[],
): Promise<FuseSummary> {
  const { paths, project, pool, keys } = context
  const { settings } = project
  const key = fuseKey(keys, split, records, excluded)
  const output = paths.dataset(split)
  const record = await doStep(context, { id: `fuse:${split}`, step: 'fuse', key, what: split }, async () => {
    const { samples, statistics, unmatched } = await pool.run(
      'fuse',
      {
        parts: records.map(({ batch }) => ({
          path: paths.batch(split, settings.batchSize, batch),
          record: paths.batchRecord(split, settings.batchSize, batch),
          leaveOut: excluded
            .filter((mark) => mark.batch === batch)
            .map(({ row, shotNumber }) => ({ row, shotNumber })),
        })),
        batchKey: keys[`batch:${split}`],
        output,
        settings,
        attributes: {
          ...rootAttributes(project, split),
          sources: JSON.stringify(sourcesByName(project.sources)),
          created: creationTime(),
        },
      },
      listenAs(context, 'fuse', 'samples'),
    )
    const outputs = [output]
    // Test data are normalised by what was learnt from, so they have no file of their own.
    if (split === 'train') {
      const file: StatisticsFile = { formatVersion: 1, split, samples, statistics }
      await writeDurably(paths.statistics, `${JSON.stringify(file, null, 2)}\n`)
      outputs.push(paths.statistics)
    }
    const summary: FuseSummary = {
      samples,
      excluded: excluded.map(markKey),
      unmatched: unmatched.map(({ part, row }) => markKey({ split, batch: records[part].batch, row })),
    }
    const left = excluded.length - unmatched.length
    const without = left === 0 ? '' : `, ${left} left out by the review`
    return { what: `${counted(samples, 'sample')} in ${output}${without}`, outputs, summary }
  })
  return fuseSummarySchema.parse(record.summary)
}
