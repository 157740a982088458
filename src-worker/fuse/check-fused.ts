import { crc32 } from 'node:zlib'
import { bytesPerSample } from '../../src-shared/dataset/datasets'
import { openHdf5, type Hdf5Reader } from '../hdf5/file-reader'
import type { DatasetChoice } from '../hdf5/dataset-choice'
import { pause } from '../hdf5/pause'
import { RawFormatError } from '../hdf5/raw-file'
import { imageChecksums, type SampleChecksums } from '../hdf5/sample-checksums'
import { datasetPath } from '../hdf5/samples-file'
import { StoredSamples } from '../hdf5/stored-samples'
import { writeFault } from '../hdf5/write-fault'

/** Files up to this size are read again as a whole, bytes; of larger ones about so much, unless all is asked for. */
const WHOLE_BYTES = 10e9
const SAMPLED_BYTES = 2e9
const BLOCK_SAMPLES = 1000
/** Samples that libhdf5 reads, spread over the file. */
const LIBRARY_SAMPLES = 12

/** `sampled`: all of a file up to 10 GB, about 2 GB of a larger one, spread evenly. */
export type Verification = 'sampled' | 'full'

/**
 * Reads a fused file again and compares it with the checksums of its samples. The places of all chunks are looked up in
 * the file's own indices; some samples are read by libhdf5 too, as any other reader would.
 * @throws StudioError `hdf5-write` when something differs; `cancelled`
 */
export async function checkFused(
  path: string,
  choice: DatasetChoice,
  expected: SampleChecksums,
  verification: Verification,
  signal: AbortSignal,
): Promise<void> {
  try {
    const file = new StoredSamples(path, choice)
    try {
      await checkStored(file, expected, verification, signal)
      await checkWithLibrary(file, expected)
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
  verification: Verification,
  signal: AbortSignal,
): Promise<void> {
  const count = expected.images.length
  if (file.samples !== count) throw different(file.path, `it holds ${file.samples} of ${count} samples`)
  const size = file.endOfFile()
  const step = verification === 'full' || size <= WHOLE_BYTES ? 1 : Math.ceil(size / SAMPLED_BYTES)
  const { recordBytes } = file.choice
  const records = Buffer.allocUnsafe(Math.min(BLOCK_SAMPLES, count) * recordBytes)
  const found = new Uint32Array(BLOCK_SAMPLES)
  for (let first = 0, block = 0; first < count; first += BLOCK_SAMPLES, block++) {
    const samples = Math.min(BLOCK_SAMPLES, count - first)
    const places = file.places(first, samples)
    const isLast = first + samples === count
    if (block % step !== 0 && !isLast) continue
    await pause(signal)
    await imageChecksums(file, places, found)
    file.readRecords(first, samples, records, recordBytes)
    for (let i = 0; i < samples; i++) {
      const columns = crc32(records.subarray(i * recordBytes, (i + 1) * recordBytes))
      if (found[i] !== expected.images[first + i] || columns !== expected.columns[first + i])
        throw different(file.path, `sample ${first + i} is not what was written`)
    }
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
      if (crc32(recordOf(library, file.choice, i)) !== expected.columns[i])
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

function different(path: string, what: string): Error {
  return writeFault(path, `Read again, the file is not as it was written: ${what}`, '')
}
