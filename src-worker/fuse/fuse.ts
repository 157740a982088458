import { stat } from 'node:fs/promises'
import { finishFile, partPath } from '../files/durable-file'
import { ALL_DATASETS } from '../hdf5/dataset-choice'
import { pause } from '../hdf5/pause'
import type { SamplesFileOptions } from '../hdf5/samples-file'
import type { JobContext } from '../process/context'
import { checkFused, isReadAsWhole, type Extent } from './check-fused'
import { copySamples } from './copy-samples'
import { makeCopyable, type CopyablePart } from './copyable-part'
import { countRanked, subsetOrder, type FusePart } from './fuse-order'
import { FusedFile } from './fused-file'
import { changed, gatherPart, type Gathered } from './gather-part'
import { ImageReaders } from './image-readers'
import { orderParts, type WantedOrder } from './order-parts'
import { RecordLayout } from './record-layout'
import { requireSoundSource } from './sound-source'
import { requireSpace } from './require-space'
import { TemporaryFiles } from './temporary-files'

export interface FuseOptions extends SamplesFileOptions, WantedOrder, Extent {}

/**
 * Joins batch files into one file, with all samples in ascending order of their indices, or in another order. Image chunks are copied as they
 * are stored; parts in another layout are converted first, into temporary files beside the output. The result is read
 * again before it gets its name. Memory is bounded by two blocks of 1000 samples and some numbers a sample; what else is
 * to be kept of a sample, about 1.5 kB, passes through a temporary file where there are many. Progress counts samples.
 * Same parts and options, same bytes.
 * @returns the number of samples, without those that are left out
 * @throws StudioError `dataset-invalid` when a part is damaged, has another structure or not as many samples as
 *   indices, or when an index occurs twice; `hdf5-write`, `disk-full`, `cancelled`. No file is left behind then.
 */
export async function fuseSamples(
  parts: readonly FusePart[],
  output: string,
  options: FuseOptions,
  ctx: JobContext,
): Promise<{ samples: number }> {
  const inSubset = subsetOrder(parts)
  const count = countRanked(inSubset)
  const layout = new RecordLayout(options.choice ?? ALL_DATASETS)
  const bytes = await sizesOf(parts)
  await requireSpace(output, bytes, count * layout.bytes)
  ctx.progress(0, count)
  const part = partPath(output)
  const fused = await FusedFile.create(part, options, count)
  const temporary = new TemporaryFiles(output)
  const readers = new ImageReaders()
  try {
    const records = temporary.records(count, layout.bytes)
    const checksums = { images: new Uint32Array(count), columns: new Uint32Array(count) }
    const gathered: Gathered = { layout, records, checksums }
    const copyable: CopyablePart[] = []
    for (const one of parts) {
      await pause(ctx.signal)
      copyable.push(await makeCopyable(one, fused.skeleton, temporary, options, ctx))
    }
    const ranks = orderParts(copyable, inSubset, fused.choice, options)
    for (const [number, one] of copyable.entries()) {
      await pause(ctx.signal)
      gatherPart({ ...one, number, ranks: ranks[number] }, fused.choice, gathered)
    }
    readers.useParts(copyable.map(({ copyFrom }) => copyFrom))
    const blame = (number: number, rank: number): Error =>
      changed(parts[number].path, ranks[number].indexOf(rank))
    // Checking once is enough: what is damaged is found when the whole result is read again, and looked for in the part.
    const isChecked = !isReadAsWhole(bytes, options)
    const { compression } = options
    await copySamples(gathered, fused, { count, compression, readers, isChecked, blame }, ctx)
    await fused.finish()
    // Reading again needs no disk that has it all already.
    await finishFile(output, async () => {
      const { choice } = fused
      const requireSound = (rank: number): void =>
        requireSoundSource(gathered, copyable, rank, (number) => blame(number, rank))
      await Promise.all([
        fused.close(),
        checkFused(
          part,
          checksums,
          // What was not checked on copying is read again, however large the result has become.
          {
            ...options,
            verification: isChecked ? options.verification : 'full',
            choice,
            readers,
            requireSound,
          },
          ctx.signal,
        ),
      ])
    })
  } catch (error) {
    await fused.discard()
    throw error
  } finally {
    // First, so that nothing is read from a file that is gone.
    await readers.close()
    temporary.remove()
  }
  return { samples: count }
}

async function sizesOf(parts: readonly FusePart[]): Promise<number> {
  const sizes = await Promise.all(
    parts.map(({ path }) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
