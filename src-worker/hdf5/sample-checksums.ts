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

/** Samples whose small columns are read at a time. */
const BLOCK_SAMPLES = 1000
/** Image chunks of so many samples are read at a time: about 1 MB, which the processor's cache holds. */
const PIECE_SAMPLES = 50

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
  const { recordBytes } = file.choice
  for (let first = 0; first < file.samples; first += BLOCK_SAMPLES) {
    const count = Math.min(BLOCK_SAMPLES, file.samples - first)
    imageChecksums(file, file.places(first, count), checksums.images.subarray(first))
    const records = Buffer.allocUnsafe(count * recordBytes)
    file.readRecords(first, count, records, recordBytes)
    for (let i = 0; i < count; i++)
      checksums.columns[first + i] = crc32(records.subarray(i * recordBytes, (i + 1) * recordBytes))
  }
  return checksums
}

/** Reads the image chunks of some samples and puts the CRC-32 of each into `into`. @throws RawFormatError */
function imageChecksums(file: StoredSamples, places: ImagePlaces, into: Uint32Array): void {
  const layers = file.choice.images.length
  const sizes = bytesOfSamples(places, layers)
  let piece = Buffer.alloc(0)
  for (let first = 0; first < sizes.length; first += PIECE_SAMPLES) {
    const ofPiece = sizes.subarray(first, first + PIECE_SAMPLES)
    if (piece.length < sum(ofPiece)) piece = Buffer.allocUnsafe(sum(ofPiece) * 2)
    const read = (bytes: Uint8Array, at: number): void => file.readInto(bytes, at)
    gatherChunks(read, places, first * layers, ofPiece.length * layers, piece)
    let at = 0
    ofPiece.forEach((size, i) => {
      into[first + i] = crc32(piece.subarray(at, at + size))
      at += size
    })
  }
}

/** Stored bytes of the image chunks of each sample, `layers` of them. */
export function bytesOfSamples({ bytes }: Pick<ImagePlaces, 'bytes'>, layers: number): Uint32Array {
  const sizes = new Uint32Array(layers === 0 ? 0 : bytes.length / layers)
  for (let i = 0; i < sizes.length; i++) sizes[i] = sum(bytes.subarray(i * layers, (i + 1) * layers))
  return sizes
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
