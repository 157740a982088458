import type { JobContext } from '../process/context'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { DatasetChoice } from '../hdf5/dataset-choice'
import type { Hdf5Reader } from '../hdf5/file-reader'
import { pause } from '../hdf5/pause'
import { SampleColumns } from '../hdf5/sample-columns'
import { createSamplesFile, type SamplesFileOptions } from '../hdf5/samples-file'
import { readSamples } from '../hdf5/samples-reader'
import { unfit } from './fuse-order'

/** Samples in memory at a time: about 10 MB. */
const BLOCK_SAMPLES = 256

/**
 * Writes the samples of a file anew, in their order, in the layout that can be fused by copying chunks: the slow way, by
 * decompressing and compressing everything.
 * @param path to name where something is wrong with the file
 * @throws StudioError `dataset-invalid` when the file is damaged; `hdf5-write`, `disk-full`, `cancelled`
 */
export async function convertPart(
  file: Hdf5Reader,
  path: string,
  samples: number,
  output: string,
  options: SamplesFileOptions & { choice: DatasetChoice },
  ctx: JobContext,
): Promise<void> {
  const writer = await createSamplesFile(output, options)
  try {
    const columns = new SampleColumns(BLOCK_SAMPLES)
    for (let first = 0; first < samples; first += columns.count) {
      await pause(ctx.signal)
      columns.clear()
      columns.reserve(Math.min(BLOCK_SAMPLES, samples - first))
      for (const { name } of options.choice.specs) readSamples(file, name, first, columns.count, columns, 0)
      writer.append(columns)
    }
    await writer.close()
  } catch (error) {
    writer.discard()
    const unreadable = error instanceof StudioError && error.tag === 'hdf5-read'
    throw unreadable ? unfit(path, error.message, error) : error
  }
}
