import type { Filter, Metadata } from 'h5wasm/node'
import { forEachChunk, type ChunkIndex } from './chunk-index'
import type { ChunkVisit, PlacedChunk } from './chunk-table'
import { elementTypeOf, isNumericType } from './element-type'
import { REFERENCE_BYTES } from './global-heaps'
import { decompressLzf, LzfError } from './lzf'
import { RawFormatError, type FileBytes } from './raw-file'
import { unshuffle } from './shuffle'

/** h5py's own filter, which libhdf5 knows only inside h5py. */
export const LZF = 32_000
const SHUFFLE = 2

/** A dataset whose chunks went through LZF, whatever axes they divide. */
export interface LzfLayout {
  chunks: ChunkVisit
  shape: readonly number[]
  /** Edges of a chunk, one for each axis. */
  chunk: readonly number[]
  elementBytes: number
  /** Place of LZF among the filters. */
  place: number
  shuffled: boolean
}

/**
 * The layout of a dataset of little-endian numbers or of strings that is compressed by LZF, with or without shuffle; null
 * for all others. Of strings of variable length the chunks hold references.
 * @param chunksOf finds the chunks; asked only for such a dataset
 * @throws RawFormatError as `chunksOf`
 */
export function lzfLayout(
  metadata: Metadata,
  filters: readonly Filter[],
  chunksOf: (shape: readonly number[], chunk: readonly number[]) => ChunkVisit,
): LzfLayout | null {
  const { shape, chunks, size } = metadata
  const kinds = filters.map(({ id }) => id)
  if (shape === null || chunks === null || ![`${LZF}`, `${SHUFFLE},${LZF}`].includes(kinds.join()))
    return null
  const type = elementTypeOf(metadata)
  const swapped = isNumericType(type) && size > 1 && !metadata.littleEndian
  const texts = metadata.vlen && type === 'string'
  if (type === 'other' || swapped || (metadata.vlen && !texts)) return null
  const elementBytes = texts ? REFERENCE_BYTES : size
  return {
    chunks: chunksOf(shape, chunks),
    shape,
    chunk: chunks,
    elementBytes,
    place: kinds.indexOf(LZF),
    shuffled: kinds.includes(SHUFFLE) && elementBytes > 1,
  }
}

/** The chunks that a classic index names, whatever axes they divide. */
export function classicChunks(file: FileBytes, index: ChunkIndex): ChunkVisit {
  return (from, to, found) =>
    forEachChunk(file, index, from, to, ({ at, bytes, filterMask, keyAt }) => {
      const key = file.read(keyAt + 8, 8 * index.rank)
      const offsets = Array.from({ length: index.rank }, (_, axis) => Number(key.readBigUInt64LE(8 * axis)))
      return found({ offsets, at, bytes, filterMask })
    })
}

/**
 * Copies rows [start, start + count) into `target`; chunks that were never written leave zeros. False when a chunk is
 * damaged.
 * @throws RawFormatError when the chunk index is damaged
 */
export function readLzfRows(
  file: FileBytes,
  layout: LzfLayout,
  start: number,
  count: number,
  target: Uint8Array,
): boolean {
  const { chunks, chunk, elementBytes } = layout
  const bytes = chunk.reduce((product, edge) => product * edge, elementBytes)
  const from = Math.floor(start / chunk[0]) * chunk[0]
  target.fill(0)
  return chunks(from, start + count, (stored) => {
    const values = decompressed(file, layout, stored, bytes)
    if (values === null) return false
    place(layout, values, stored.offsets, { start, count, target })
    return true
  })
}

function decompressed(
  file: FileBytes,
  { place: lzf, shuffled, elementBytes }: LzfLayout,
  stored: PlacedChunk,
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
