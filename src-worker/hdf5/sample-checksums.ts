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
/** Bytes of chunks read at a time: few enough to be in the processor's cache still when their checksum is made. */
const PIECE_BYTES = 2 << 20

/**
 * The checksums of a batch file that has just been written.
 * @throws StudioError `hdf5-read` when it is not as this program writes it
 */
export async function checksumsOfFile(path: string): Promise<SampleChecksums> {
  try {
    const file = new StoredSamples(path, ALL_DATASETS)
    try {
      return await checksumsOf(file)
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
export async function checksumsOf(file: StoredSamples): Promise<SampleChecksums> {
  const checksums = { images: new Uint32Array(file.samples), columns: new Uint32Array(file.samples) }
  const { recordBytes } = file.choice
  for (let first = 0; first < file.samples; first += BLOCK_SAMPLES) {
    const count = Math.min(BLOCK_SAMPLES, file.samples - first)
    await imageChecksums(file, file.places(first, count), checksums.images.subarray(first))
    const records = Buffer.allocUnsafe(count * recordBytes)
    file.readRecords(first, count, records, recordBytes)
    for (let i = 0; i < count; i++)
      checksums.columns[first + i] = crc32(records.subarray(i * recordBytes, (i + 1) * recordBytes))
  }
  return checksums
}

/**
 * Reads the image chunks of some samples and puts the CRC-32 of each sample into `into`. Where chunks lie together, a
 * piece is read while the checksums of the one before are made.
 * @throws RawFormatError when the file ends early
 */
export async function imageChecksums(
  file: StoredSamples,
  places: ImagePlaces,
  into: Uint32Array,
): Promise<void> {
  const layers = file.choice.images.length
  const pieces = inPieces(places, layers)
  const rooms = [Buffer.alloc(0), Buffer.alloc(0)]
  const read = async (k: number): Promise<Buffer> => {
    const { first, sizes } = pieces[k]
    const [from, count] = [first * layers, sizes.length * layers]
    const length = sizes.reduce((total, size) => total + size, 0)
    if (rooms[k % 2].length < length) rooms[k % 2] = Buffer.allocUnsafe(Math.max(length, PIECE_BYTES))
    const room = rooms[k % 2].subarray(0, length)
    // Many small reads are quicker without a turn to another thread for each.
    if (lieTogether(places, from, count)) await file.read(room, places.at[from])
    else gatherChunks((bytes, at) => file.readInto(bytes, at), places, from, count, room)
    return room
  }
  let coming = pieces.length > 0 ? read(0) : null
  for (const [k, { first, sizes }] of pieces.entries()) {
    const piece = await coming
    if (piece === null) continue
    coming = k + 1 < pieces.length ? read(k + 1) : null
    let at = 0
    sizes.forEach((size, i) => (into[first + i] = crc32(piece.subarray(at, (at += size)))))
  }
}

function lieTogether({ at, bytes }: ImagePlaces, from: number, count: number): boolean {
  for (let k = from + 1; k < from + count; k++) if (at[k] !== at[k - 1] + bytes[k - 1]) return false
  return true
}

/** Samples that are read at a time: the first of them, and the stored bytes of each. */
interface Piece {
  first: number
  sizes: number[]
}

function inPieces({ bytes }: ImagePlaces, layers: number): Piece[] {
  const pieces: Piece[] = []
  let length = 0
  for (let i = 0; i * layers < bytes.length; i++) {
    const size = sum(bytes.subarray(i * layers, (i + 1) * layers))
    length += size
    if (pieces.length > 0 && length <= PIECE_BYTES) pieces[pieces.length - 1].sizes.push(size)
    else {
      pieces.push({ first: i, sizes: [size] })
      length = size
    }
  }
  return pieces
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
