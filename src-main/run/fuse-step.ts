import type { StatisticsFile } from '../../src-shared/dataset/statistics'
import type { Split } from '../../src-shared/footprint/footprint'
import { counted } from '../../src-shared/wording/counted'
import { writeDurably } from '../../src-worker/files/durable-file'
import type { BatchRecord } from '../../src-worker/jobs/schemas'
import { fingerprint } from '../project/fingerprint'
import type { StepKeys } from '../project/step-keys'
import { creationTime } from './creation-time'
import { sourcesByName } from './place-names'
import { rootAttributes } from './root-attributes'
import { doStep, listenAs, type RunContext } from './run-context'

/** The batches of a split that are done, by number; null where one is not. */
export type SplitBatches = readonly (BatchRecord | null)[]

/**
 * Joins the batches of each split into its dataset file. A split with batches that are not done is left for later.
 * @returns the dataset files there are now
 */
export async function fuseStep(
  context: RunContext,
  batches: ReadonlyMap<Split, SplitBatches>,
): Promise<Map<Split, string>> {
  const datasets = new Map<Split, string>()
  for (const [split, records] of batches) {
    const done = records.filter((record) => record !== null)
    if (done.length < records.length) continue
    await fuseSplit(context, split, done)
    datasets.set(split, context.paths.dataset(split))
  }
  return datasets
}

/** What a dataset file is made from: the settings of the fuse, and the batches of its split. */
export function fuseKey(keys: StepKeys, split: Split, records: readonly BatchRecord[]): string {
  const batches = records.map(({ batch, bytes, samples }) => [batch, bytes, samples.length])
  return `${keys.fuse}-${fingerprint([keys[`batch:${split}`], batches])}`
}

/** Whether a dataset was made by other settings of the fuse. */
export function isFusedOtherwise(keys: StepKeys, recordKey: string): boolean {
  return recordKey.includes('-') && !recordKey.startsWith(`${keys.fuse}-`)
}

async function fuseSplit(context: RunContext, split: Split, records: readonly BatchRecord[]): Promise<void> {
  const { paths, project, pool, keys } = context
  const { settings } = project
  const key = fuseKey(keys, split, records)
  const output = paths.dataset(split)
  await doStep(context, { id: `fuse:${split}`, step: 'fuse', key, what: split }, async () => {
    const { samples, statistics } = await pool.run(
      'fuse',
      {
        parts: records.map(({ batch }) => ({
          path: paths.batch(split, settings.batchSize, batch),
          record: paths.batchRecord(split, settings.batchSize, batch),
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
    return { what: `${counted(samples, 'sample')} in ${output}`, outputs, summary: { samples } }
  })
}
