import type { Filter, Metadata } from 'h5wasm/node'
import { chunkIndex, forEachChunk, type ChunkIndex, type StoredChunk } from './chunk-index'
import { elementTypeOf, isNumericType } from './element-type'
import { decompressLzf, LzfError } from './lzf'
import { RawFormatError, type RawFile } from './raw-file'
import { unshuffle } from './shuffle'

/** h5py's own filter, which libhdf5 knows only inside h5py. */
const LZF = 32_000
const SHUFFLE = 2

/** A dataset whose chunks went through LZF, whatever axes they divide. */
export interface LzfLayout {
  index: ChunkIndex
  shape: readonly number[]
  /** Edges of a chunk, one for each axis. */
  chunk: readonly number[]
  elementBytes: number
  /** Place of LZF among the filters. */
  place: number
  shuffled: boolean
}

/**
 * The layout of a dataset of little-endian numbers or fixed-length strings that is compressed by LZF, with or without
 * shuffle; null for all others.
 * @throws RawFormatError when the file's structure is not the classic one
 */
export function lzfLayout(
  file: RawFile,
  path: string,
  metadata: Metadata,
  filters: readonly Filter[],
): LzfLayout | null {
  const { shape, chunks, size } = metadata
  const kinds = filters.map(({ id }) => id)
  if (shape === null || chunks === null || ![`${LZF}`, `${SHUFFLE},${LZF}`].includes(kinds.join()))
    return null
  const type = elementTypeOf(metadata)
  const swapped = isNumericType(type) && size > 1 && !metadata.littleEndian
  if (type === 'other' || metadata.vlen || swapped) return null
  return {
    index: chunkIndex(file, path),
    shape,
    chunk: chunks,
    elementBytes: size,
    place: kinds.indexOf(LZF),
    shuffled: kinds.includes(SHUFFLE) && size > 1,
  }
}

/**
 * Copies rows [start, start + count) into `target`; chunks that were never written leave zeros. False when a chunk is
 * damaged.
 * @throws RawFormatError when the chunk index is damaged
 */
export function readLzfRows(
  file: RawFile,
  layout: LzfLayout,
  start: number,
  count: number,
  target: Uint8Array,
): boolean {
  const { index, chunk, elementBytes } = layout
  const bytes = chunk.reduce((product, edge) => product * edge, elementBytes)
  const from = Math.floor(start / chunk[0]) * chunk[0]
  target.fill(0)
  return forEachChunk(file, index, from, start + count, (stored) => {
    const values = decompressed(file, layout, stored, bytes)
    if (values === null) return false
    const key = file.read(stored.keyAt + 8, 8 * chunk.length)
    const offsets = chunk.map((_, axis) => Number(key.readBigUInt64LE(8 * axis)))
    place(layout, values, offsets, { start, count, target })
    return true
  })
}

function decompressed(
  file: RawFile,
  { place: lzf, shuffled, elementBytes }: LzfLayout,
  stored: StoredChunk,
  bytes: number,
): Uint8Array | null {
  // No compressor makes its input larger than this: LZF adds a byte to every 32 that it cannot make smaller.
  if (stored.bytes > bytes + bytes / 16 + 64) return null
  const raw = file.read(stored.at, stored.bytes)
  try {
    // Chunks that LZF does not make smaller are stored as they are, and marked so.
    const plain = (stored.filterMask & (1 << lzf)) === 0 ? decompressLzf(raw, bytes) : raw
    if (plain.length !== bytes) return null
    if (!shuffled || (stored.filterMask & 1) !== 0) return plain
    const target = new Uint8Array(bytes)
    unshuffle(plain, elementBytes, 0, bytes / elementBytes, target)
    return target
  } catch (error) {
    if (error instanceof LzfError || error instanceof RawFormatError) return null
    throw error
  }
}

/** Copies what of a chunk lies in the wanted rows, one stretch along the last axis after the other. */
function place(
  { shape, chunk, elementBytes }: LzfLayout,
  values: Uint8Array,
  offsets: readonly number[],
  { start, count, target }: { start: number; count: number; target: Uint8Array },
): void {
  const last = shape.length - 1
  copy(0, 0, 0)

  function copy(axis: number, source: number, into: number): void {
    const low = axis === 0 ? Math.max(start, offsets[0]) : offsets[axis]
    const end = Math.min(offsets[axis] + chunk[axis], axis === 0 ? start + count : shape[axis])
    const base = axis === 0 ? start : 0
    const width = axis === 0 ? count : shape[axis]
    if (axis === last) {
      const at = (source * chunk[axis] + low - offsets[axis]) * elementBytes
      const length = Math.max(0, end - low) * elementBytes
      target.set(values.subarray(at, at + length), (into * width + low - base) * elementBytes)
      return
    }
    for (let k = low; k < end; k++)
      copy(axis + 1, source * chunk[axis] + k - offsets[axis], into * width + k - base)
  }
}
