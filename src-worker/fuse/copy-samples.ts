import { crc32 } from 'node:zlib'
import type { JobContext } from '../process/context'
import { pause } from '../hdf5/pause'
import type { ImagePlaces } from '../hdf5/stored-samples'
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
  /** The error for a part of which a sample, named by its place in the result, is not what its checksum says. */
  blame: (part: number, rank: number) => Error
}

/**
 * Copies all samples into a fused file, in its order. While a block is written, the next one is read, and the small
 * columns of a block are compressed while its images are read.
 * @throws StudioError `dataset-invalid` when a chunk is not what its checksum says; `hdf5-write`, `disk-full`,
 *   `cancelled`
 */
export async function copySamples(
  { layout, records, checksums }: Gathered,
  files: PartFiles,
  output: FusedFile,
  { count, compression, blame }: CopyOptions,
  ctx: JobContext,
): Promise<void> {
  const { choice } = output
  const layers = choice.images.length
  const compressor = new ColumnCompressor(choice, compression)
  const buffers = [Buffer.alloc(0), Buffer.alloc(0)]
  for (let first = 0, turn = 0; first < count; first += BLOCK_SAMPLES, turn ^= 1) {
    await pause(ctx.signal)
    const samples = Math.min(BLOCK_SAMPLES, count - first)
    const block = records.get(first, samples)
    const compressing = compressor.compress(block, samples, layout.bytes)
    const { parts, places } = layout.read(block)
    const starts = startsOf(places, layers, samples)
    const imageBytes = starts[samples]
    const columnBytes =
      BLOCK_SAMPLES * choice.recordBytes * COLUMN_SLACK + choice.columns.length * CHUNK_SLACK
    const needed = imageBytes + Math.ceil(columnBytes)
    if (buffers[turn].length < needed) buffers[turn] = Buffer.allocUnsafe(needed)
    const target = buffers[turn]
    readImages(parts, places, files, target)
    for (let i = 0; i < samples; i++) {
      if (crc32(target.subarray(starts[i], starts[i + 1])) !== checksums.images[first + i])
        throw blame(parts[i], first + i)
    }
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

/** Where the chunks of each sample begin, and where those of the last end. */
function startsOf({ bytes }: ImagePlaces, layers: number, samples: number): Float64Array {
  const starts = new Float64Array(samples + 1)
  for (let k = 0; k < bytes.length; k++) starts[Math.floor(k / layers) + 1] += bytes[k]
  for (let i = 0; i < samples; i++) starts[i + 1] += starts[i]
  return starts
}
