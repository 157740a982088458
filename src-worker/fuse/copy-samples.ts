import type { JobContext } from '../process/context'
import { pause } from '../hdf5/pause'
import { bytesOfSamples } from '../hdf5/sample-checksums'
import type { ChecksumThread } from './checksum-thread'
import { ColumnCompressor } from './compress-columns'
import type { FusedFile } from './fused-file'
import type { Gathered } from './gather-part'
import type { PartFiles } from './part-files'
import { readImages } from './read-images'

/** Samples copied at a time: those of a chunk of the small columns, at most about 40 MB. */
const BLOCK_SAMPLES = 1000
/** Room for the small columns of a block, which gzip makes hardly larger than they are: a share, and bytes a chunk. */
const COLUMN_SLACK = 1.02
const CHUNK_SLACK = 1024

export interface CopyOptions {
  /** Samples of the result. */
  count: number
  /** gzip level of the small columns. */
  compression: number
  /** Makes the checksums of what was read. */
  thread: ChecksumThread
  /** The error for a part of which a sample, named by its place in the result, is not what its checksum says. */
  blame: (part: number, rank: number) => Error
}

/**
 * Copies all samples into a fused file, in its order. While a block is written and checked, the next one is read, and the
 * small columns of a block are compressed while its images are read.
 * @throws StudioError `dataset-invalid` when a chunk is not what its checksum says; `hdf5-write`, `disk-full`,
 *   `cancelled`
 */
export async function copySamples(
  { layout, records, checksums }: Gathered,
  files: PartFiles,
  output: FusedFile,
  { count, compression, thread, blame }: CopyOptions,
  ctx: JobContext,
): Promise<void> {
  const { choice } = output
  const layers = choice.images.length
  const compressor = new ColumnCompressor(choice, compression)
  const buffers = [sharedBytes(0), sharedBytes(0)]
  let checked = Promise.resolve()
  for (let first = 0, turn = 0; first < count; first += BLOCK_SAMPLES, turn ^= 1) {
    await pause(ctx.signal)
    const samples = Math.min(BLOCK_SAMPLES, count - first)
    const block = records.get(first, samples)
    const compressing = compressor.compress(block, samples, layout.bytes)
    const { parts, places } = layout.read(block)
    const sizes = bytesOfSamples(places, layers)
    const imageBytes = sizes.reduce((sum, size) => sum + size, 0)
    const columnBytes =
      BLOCK_SAMPLES * choice.recordBytes * COLUMN_SLACK + choice.columns.length * CHUNK_SLACK
    const needed = imageBytes + Math.ceil(columnBytes)
    if (buffers[turn].length < needed) buffers[turn] = sharedBytes(needed)
    const target = buffers[turn]
    readImages(parts, places, files, target)
    await checked
    checked = thread.ofBytes(target.subarray(0, imageBytes), sizes).then((found) => {
      const wrong = found.findIndex((checksum, i) => checksum !== checksums.images[first + i])
      if (wrong >= 0) throw blame(parts[wrong], first + wrong)
    })
    // What it throws is seen when it is waited for.
    checked.catch(() => undefined)
    const columns = await compressing
    let end = imageBytes
    for (const chunk of columns) {
      target.set(chunk, end)
      end += chunk.length
    }
    await output.append(
      target.subarray(0, end),
      places.bytes,
      columns.map((chunk) => chunk.length),
    )
    ctx.progress(first + samples, count)
  }
  await checked
}

function sharedBytes(length: number): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new SharedArrayBuffer(length))
}
