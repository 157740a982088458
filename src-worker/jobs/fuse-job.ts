import { fuseSamples, type FuseOptions } from '../fuse/fuse'
import { fuseFolder } from '../fuse/fuse-folder'
import type { FusePart } from '../fuse/fuse-order'
import { unpackChecksums } from '../hdf5/sample-checksums'
import type { JobContext } from '../process/context'
import { joinCounts, type CountedPart } from '../statistics/join-counts'
import { statisticsAttributes } from '../statistics/statistics-attributes'
import { readBatchRecord } from './batch-record'
import { samplesLeftOut } from './samples-left-out'
import type { JobInput, JobOutput } from './schemas'
import { StudioError } from '../../src-shared/errors/studio-error'

/**
 * Joins the batches of a split into its dataset file, samples in the order that the settings ask for, without those that are
 * to be left out. The statistics of the layers of all that go in become attributes.
 * @throws StudioError `dataset-invalid` where a batch or its record is missing, damaged, or of another project; as
 *   fuseSamples
 */
export async function runFuse(input: JobInput<'fuse'>, ctx: JobContext): Promise<JobOutput<'fuse'>> {
  const parts: FusePart[] = []
  const counted: CountedPart[] = []
  const unmatched: JobOutput<'fuse'>['unmatched'] = []
  for (const [number, part] of input.parts.entries()) {
    const found = await readPart(part, input.batchKey)
    const leftOut = await samplesLeftOut(part.path, part.leaveOut)
    const { path, record } = part
    parts.push({ ...found, leaveOut: leftOut.rows })
    counted.push({ path, record, samples: found.indices.length, leaveOut: leftOut.rows })
    unmatched.push(...leftOut.unmatched.map((row) => ({ part: number, row })))
  }
  const layers = await joinCounts(counted, ctx)
  const statistics = layers.statistics(input.settings.slopeUnit)
  const options = { ...optionsOf(input), datasetAttributes: statisticsAttributes(statistics) }
  const { samples } = await fuseSamples(parts, input.output, options, ctx)
  return { samples, statistics, unmatched }
}

/** Joins the HDF5 files of a folder. @throws StudioError as fuseFolder */
export function runFuseFolder(
  input: JobInput<'fuse-folder'>,
  ctx: JobContext,
): Promise<JobOutput<'fuse-folder'>> {
  return fuseFolder(input.folder, input.output, optionsOf(input), input.leaveOut, ctx)
}

function optionsOf({ settings, attributes }: Pick<JobInput<'fuse'>, 'settings' | 'attributes'>): FuseOptions {
  const { compression, slopeUnit, verify, order, seed } = settings
  return { compression, slopeUnit, attributes, verification: verify, order, seed }
}

async function readPart({ path, record }: JobInput<'fuse'>['parts'][number], key: string): Promise<FusePart> {
  const found = await readBatchRecord(record)
  if (found === null) throw unusable(record, 'The record of a batch is missing or damaged.')
  if (found.key !== key) throw unusable(record, 'The record of a batch is that of another project.')
  return {
    path,
    indices: found.samples,
    checksums: found.checksums === null ? null : unpackChecksums(found.checksums),
  }
}

function unusable(record: string, message: string): StudioError {
  return new StudioError('dataset-invalid', message, {
    file: record,
    hint: 'Run again; the batch is then cut again.',
  })
}
