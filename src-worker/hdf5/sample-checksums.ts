import { crc32 } from 'node:zlib'
import { StudioError } from '../../src-shared/errors/studio-error'
import { ALL_DATASETS } from './dataset-choice'
import { gatherChunks } from './gather-chunks'
import { RawFormatError } from './raw-file'
import { StoredSamples, type ImagePlaces } from './stored-samples'

/**
 * Two CRC-32 for each sample of a file, in its order: `images` of the stored chunks of its image layers behind one
 * another, so that they can be checked without decompressing; `columns` of the record of its small columns, which
 * does not depend on how they are stored.
 */
export interface SampleChecksums {
  images: Uint32Array
  columns: Uint32Array
}

/** Samples read at a time: at most about 40 MB. */
const BLOCK_SAMPLES = 1000

/**
 * The checksums of a batch file that has just been written.
 * @throws StudioError `hdf5-read` when it is not as this program writes it
 */
export function checksumsOfFile(path: string): SampleChecksums {
  try {
    const file = new StoredSamples(path, ALL_DATASETS)
    try {
      return checksumsOf(file)
    } finally {
      file.close()
    }
  } catch (cause) {
    if (!(cause instanceof RawFormatError)) throw cause
    throw new StudioError('hdf5-read', `The batch file is not as it was written: ${cause.message}.`, {
      file: path,
      hint: 'Check that the disk is sound, then run again; the batch is then cut anew.',
      cause,
    })
  }
}

/** The checksums of all samples of a file. @throws RawFormatError when a chunk is missing or damaged */
export function checksumsOf(file: StoredSamples): SampleChecksums {
  const checksums = { images: new Uint32Array(file.samples), columns: new Uint32Array(file.samples) }
  const { images, recordBytes } = file.choice
  for (let first = 0; first < file.samples; first += BLOCK_SAMPLES) {
    const count = Math.min(BLOCK_SAMPLES, file.samples - first)
    const places = file.places(first, count)
    const target = Buffer.allocUnsafe(sum(places.bytes))
    gatherChunks((bytes, at) => file.readInto(bytes, at), places, 0, places.at.length, target)
    imageChecksums(target, places, images.length, checksums.images.subarray(first))
    const records = Buffer.allocUnsafe(count * recordBytes)
    file.readRecords(first, count, records, recordBytes)
    for (let i = 0; i < count; i++)
      checksums.columns[first + i] = crc32(records.subarray(i * recordBytes, (i + 1) * recordBytes))
  }
  return checksums
}

/** CRC-32 of each sample of a block of stored chunks that lie behind one another, `layers` a sample. */
export function imageChecksums(
  chunks: Buffer,
  { bytes }: Pick<ImagePlaces, 'bytes'>,
  layers: number,
  into: Uint32Array,
): void {
  let at = 0
  for (let i = 0; i * layers < bytes.length; i++) {
    const length = sum(bytes.subarray(i * layers, (i + 1) * layers))
    into[i] = crc32(chunks.subarray(at, at + length))
    at += length
  }
}

function sum(values: Uint32Array): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Checksums as base64, 32 bits each, little-endian: how they stand in the record of a batch. */
export interface PackedChecksums {
  images: string
  columns: string
}

export function packChecksums({ images, columns }: SampleChecksums): PackedChecksums {
  return { images: pack(images), columns: pack(columns) }
}

export function unpackChecksums({ images, columns }: PackedChecksums): SampleChecksums {
  return { images: unpack(images), columns: unpack(columns) }
}

function pack(numbers: Uint32Array): string {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64')
}

function unpack(text: string): Uint32Array {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  return new Uint32Array(bytes.buffer, 0, Math.floor(bytes.length / 4))
}
