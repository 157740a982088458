import type { JobContext } from '../process/context'
import { pause } from '../hdf5/pause'
import type { ImagePlaces } from '../hdf5/stored-samples'
import { ColumnCompressor } from './compress-columns'
import type { FusedFile } from './fused-file'
import type { Gathered } from './gather-part'
import type { ImageReaders } from './image-readers'
import type { ReadPlan } from './read-plan'

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
  /** Reads images, and makes the checksums of what was read. */
  readers: ImageReaders
  /** Whether images are compared with their checksums; not needed where all of the result is read again. */
  isChecked: boolean
  /** The error for a part of which a sample, named by its place in the result, is not what its checksum says. */
  blame: (part: number, rank: number) => Error
}

/** What is known of a block before it is read. */
interface Block {
  records: Buffer
  parts: Uint32Array
  places: ImagePlaces
  plan: readonly ReadPlan[]
}

/**
 * Copies all samples into a fused file, in its order. While a block is written, the next one is read; while its
 * images are read, its small columns are compressed and the block after it is planned.
 * @throws StudioError `dataset-invalid` when a chunk is not what its checksum says; `hdf5-write`, `disk-full`,
 *   `cancelled`
 */
export async function copySamples(
  { layout, records, checksums }: Gathered,
  output: FusedFile,
  { count, compression, readers, isChecked, blame }: CopyOptions,
  ctx: JobContext,
): Promise<void> {
  const { choice } = output
  const compressor = new ColumnCompressor(choice, compression)
  const buffers = [sharedBytes(0), sharedBytes(0)]
  const samplesFrom = (first: number): number => Math.min(BLOCK_SAMPLES, count - first)
  const blockFrom = (first: number): Block => {
    const block = records.get(first, samplesFrom(first))
    const { parts, places } = layout.read(block)
    return { records: block, parts, places, plan: readers.plan(parts, places) }
  }
  const columnBytes = BLOCK_SAMPLES * choice.recordBytes * COLUMN_SLACK + choice.columns.length * CHUNK_SLACK
  let next = count === 0 ? null : blockFrom(0)
  for (let first = 0, turn = 0; next !== null; first += BLOCK_SAMPLES, turn ^= 1) {
    await pause(ctx.signal)
    const { records: block, parts, places, plan } = next
    const samples = samplesFrom(first)
    const imageBytes = places.bytes.reduce((sum, size) => sum + size, 0)
    const needed = imageBytes + Math.ceil(columnBytes)
    if (buffers[turn].length < needed) buffers[turn] = sharedBytes(needed)
    const target = buffers[turn]
    const reading = readers.read(plan, target, isChecked)
    // What it throws is seen when it is waited for.
    reading.catch(() => undefined)
    const compressing = compressor.compress(block, samples, layout.bytes)
    next = first + BLOCK_SAMPLES < count ? blockFrom(first + BLOCK_SAMPLES) : null
    const found = await reading
    const wrong = found?.findIndex((checksum, i) => checksum !== checksums.images[first + i]) ?? -1
    if (wrong >= 0) throw blame(parts[wrong], first + wrong)
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
}

function sharedBytes(length: number): Uint8Array<SharedArrayBuffer> {
  return new Uint8Array(new SharedArrayBuffer(length))
}
