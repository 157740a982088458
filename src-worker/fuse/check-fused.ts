import { crc32 } from 'node:zlib'
import { bytesPerSample } from '../../src-shared/dataset/datasets'
import { openHdf5, type Hdf5Reader } from '../hdf5/file-reader'
import type { DatasetChoice } from '../hdf5/dataset-choice'
import { pause } from '../hdf5/pause'
import { RawFormatError } from '../hdf5/raw-file'
import { bytesOfSamples, type SampleChecksums } from '../hdf5/sample-checksums'
import { datasetPath } from '../hdf5/samples-file'
import { StoredSamples, type ImagePlaces } from '../hdf5/stored-samples'
import { writeFault } from '../hdf5/write-fault'
import type { ImageReaders } from './image-readers'

/** Files up to this size are read again as a whole, bytes; of larger ones about so much, unless all is asked for. */
const WHOLE_BYTES = 10e9
const SAMPLED_BYTES = 2e9
const BLOCK_SAMPLES = 1000
/** Samples whose images libhdf5 reads, spread over the file; of some of them it reads the small columns too. */
const LIBRARY_SAMPLES = 10
/** Each of these has all small columns read, which takes a chunk of 1000 samples each. */
const COLUMNS_OF_EACH = 3

/** `sampled`: all of a file up to 10 GB, about 2 GB of a larger one, spread evenly. */
export type Verification = 'sampled' | 'full'

/** How much is read again. */
export interface Extent {
  verification: Verification
  /** Files up to so many bytes are read as a whole; 10 GB unless a test says less. */
  wholeBytes?: number
}

/** Whether all of a file of so many bytes is read again. */
export function isReadAsWhole(bytes: number, { verification, wholeBytes = WHOLE_BYTES }: Extent): boolean {
  return verification === 'full' || bytes <= wholeBytes
}

/** Blocks whose image checksums the threads may owe. */
const BLOCKS_AHEAD = 16

export interface CheckOptions extends Extent {
  choice: DatasetChoice
  /** Read the images and make their checksums. */
  readers: ImageReaders
  /** Asked about a sample whose images differ: throws where they differ in the part that they came from. */
  requireSound: (rank: number) => void
}

/**
 * Reads a fused file again and compares it with the checksums of its samples. The places of all chunks are looked up in
 * the file's own indices; some samples are read by libhdf5 too, as any other reader would.
 * @throws StudioError `hdf5-write` when something differs, what `requireSound` throws; `cancelled`
 */
export async function checkFused(
  path: string,
  expected: SampleChecksums,
  options: CheckOptions,
  signal: AbortSignal,
): Promise<void> {
  const { choice } = options
  try {
    const file = new StoredSamples(path, choice)
    try {
      const stored = checkStored(file, expected, options, signal)
      for (const checked of await Promise.allSettled([stored, checkWithLibrary(file, expected)]))
        if (checked.status === 'rejected') throw checked.reason
    } finally {
      file.close()
    }
  } catch (error) {
    if (error instanceof RawFormatError) throw different(path, error.message)
    throw error
  }
}

async function checkStored(
  file: StoredSamples,
  expected: SampleChecksums,
  { readers, requireSound, ...extent }: CheckOptions,
  signal: AbortSignal,
): Promise<void> {
  const count = expected.images.length
  if (file.samples !== count) throw different(file.path, `it holds ${file.samples} of ${count} samples`)
  const size = file.endOfFile()
  const step = isReadAsWhole(size, extent) ? 1 : Math.ceil(size / SAMPLED_BYTES)
  const { recordBytes } = file.choice
  const records = Buffer.allocUnsafe(Math.min(BLOCK_SAMPLES, count) * recordBytes)
  const asked: (() => Promise<void>)[] = []
  for (let first = 0, block = 0; first < count; first += BLOCK_SAMPLES, block++) {
    const samples = Math.min(BLOCK_SAMPLES, count - first)
    const places = file.places(first, samples)
    const isLast = first + samples === count
    if (block % step !== 0 && !isLast) continue
    await pause(signal)
    asked.push(checkImages(file, places, { first, expected, readers, requireSound }))
    file.readRecords(first, samples, records, recordBytes)
    for (let i = 0; i < samples; i++) {
      if (crc32(records.subarray(i * recordBytes, (i + 1) * recordBytes)) !== expected.columns[first + i])
        throw otherSample(file.path, first + i)
    }
    if (asked.length > BLOCKS_AHEAD) await asked.shift()?.()
  }
  for (const answer of asked) await answer()
}

/** Has the images of a block checked. @returns waits for the answer, and throws what is wrong */
function checkImages(
  file: StoredSamples,
  places: ImagePlaces,
  {
    first,
    expected,
    readers,
    requireSound,
  }: { first: number; expected: SampleChecksums } & Pick<CheckOptions, 'readers' | 'requireSound'>,
): () => Promise<void> {
  const { at, bytes } = places
  for (let k = 1; k < at.length; k++)
    if (at[k] !== at[k - 1] + bytes[k - 1]) throw new RawFormatError('its chunks are not where they were put')
  const sizes = bytesOfSamples(places, file.choice.images.length)
  const answer = sizes.length === 0 ? Promise.resolve(sizes) : readers.ofFile(file.descriptor, at[0], sizes)
  return async () => {
    const found = await answer.catch((error: unknown) => {
      throw new RawFormatError(error instanceof Error ? error.message : String(error))
    })
    const wrong = found.findIndex((checksum, i) => checksum !== expected.images[first + i])
    if (wrong < 0) return
    requireSound(first + wrong)
    throw otherSample(file.path, first + wrong)
  }
}

/** Compares what libhdf5 makes of some samples with what we make of their stored chunks. */
async function checkWithLibrary(file: StoredSamples, expected: SampleChecksums): Promise<void> {
  const count = expected.images.length
  const library = await openHdf5(file.path, { natively: false })
  try {
    const picks = Math.min(count, LIBRARY_SAMPLES)
    for (let k = 0; k < picks; k++) {
      const i = picks === 1 ? 0 : Math.floor((k * (count - 1)) / (picks - 1))
      if (k % COLUMNS_OF_EACH === 0 && crc32(recordOf(library, file.choice, i)) !== expected.columns[i])
        throw different(file.path, `libhdf5 reads other columns of sample ${i}`)
      for (const spec of file.choice.images) {
        const own = new Uint8Array(bytesPerSample(spec))
        if (!file.readRows(spec, i, 1, own) || !readRow(library, spec, i).equals(own))
          throw different(file.path, `libhdf5 reads another ${spec.name} of sample ${i}`)
      }
    }
    for (const { name } of file.choice.specs) {
      if (library.shape(datasetPath(name))[0] !== count)
        throw different(file.path, `libhdf5 finds another number of samples in ${name}`)
    }
  } finally {
    library.close()
  }
}

function recordOf(library: Hdf5Reader, { columns }: DatasetChoice, i: number): Buffer {
  return Buffer.concat(columns.map(({ spec }) => readRow(library, spec, i)))
}

function readRow(library: Hdf5Reader, spec: DatasetChoice['specs'][number], i: number): Buffer {
  const bytes = Buffer.alloc(bytesPerSample(spec))
  const start = [i, ...spec.shape.map(() => 0)]
  library.readInto(datasetPath(spec.name), bytes, { start, count: [1, ...spec.shape] })
  return bytes
}

function otherSample(path: string, sample: number): Error {
  return different(path, `sample ${sample} is not what was written`)
}

function different(path: string, what: string): Error {
  return writeFault(path, `Read again, the file is not as it was written: ${what}`, '')
}
