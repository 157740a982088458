import { fuseSamples } from '../hdf5/fuse'
import type { JobContext } from '../process/context'
import { readBatchRecord } from './batch-record'
import type { JobInput, JobOutput } from './schemas'
import { StudioError } from '../../src-shared/errors/studio-error'

/**
 * Joins the batches of a split into its dataset file, samples in the order of the subset table.
 * @throws StudioError `dataset-invalid` where a batch or its record is missing or damaged; as fuseSamples
 */
export async function runFuse(input: JobInput<'fuse'>, ctx: JobContext): Promise<JobOutput<'fuse'>> {
  const parts: { path: string; indices: readonly number[] }[] = []
  for (const { path, record } of input.parts) {
    const found = await readBatchRecord(record)
    if (found === null) {
      throw new StudioError('dataset-invalid', 'The record of a batch is missing or damaged.', {
        file: record,
        hint: 'Run again; the batch is then cut again.',
      })
    }
    parts.push({ path, indices: found.samples })
  }
  const { output, attributes } = input
  const { compression, slopeUnit } = input.settings
  return fuseSamples(parts, output, { compression, slopeUnit, attributes }, ctx)
}
