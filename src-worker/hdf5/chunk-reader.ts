import { readSync } from 'node:fs'
import type { Filter, Metadata } from 'h5wasm/node'
import { inflateInto } from '../deflate/inflate-into'
import { chunkIndex, forEachChunk, type ChunkIndex, type StoredChunk } from './chunk-index'
import { elementTypeOf, isNumericType } from './element-type'
import type { RawFile } from './raw-file'
import { unshuffle, unshuffleRows } from './shuffle'
import { copyStrided } from './strided-copy'

const DEFLATE = 1
const SHUFFLE = 2
/** Gzip never adds more than this to a chunk: five bytes for each 16 kB block that it stores as it is (RFC 1951). */
const STORED_SLACK = 1024

/** A chunked dataset whose chunks are read and inflated by Node's zlib, twice as fast as by WebAssembly. */
export interface ChunkedLayout {
  index: ChunkIndex
  /** Rows of a chunk, and bytes of a row of the dataset. */
  chunkRows: number
  rowBytes: number
  rows: number
  deflate: boolean
  /** Bytes of the elements whose bytes were shuffled; 0 when they were not. */
  shuffle: number
}

/**
 * The layout of a dataset that can be read without libhdf5: little-endian numbers or fixed-length strings in chunks
 * that span all axes but the first, unfiltered or through shuffle and gzip. Null for all others.
 * @throws RawFormatError when the file's structure is not the classic one
 */
export function chunkedLayout(
  file: RawFile,
  path: string,
  metadata: Metadata,
  filters: readonly Filter[],
): ChunkedLayout | null {
  const { shape, chunks, size } = metadata
  if (shape === null || chunks === null || shape.length === 0) return null
  const type = elementTypeOf(metadata)
  const swapped = isNumericType(type) && size > 1 && !metadata.littleEndian
  if (type === 'other' || metadata.vlen || swapped) return null
  if (shape.slice(1).some((edge, axis) => edge !== chunks[axis + 1])) return null
  const kinds = filters.map((filter) => filter.id).join()
  if (!['', `${DEFLATE}`, `${SHUFFLE}`, `${SHUFFLE},${DEFLATE}`].includes(kinds)) return null
  const shuffled = filters.some((filter) => filter.id === SHUFFLE) && size > 1
  return {
    index: chunkIndex(file, path),
    chunkRows: chunks[0],
    rows: shape[0],
    rowBytes: shape.slice(1).reduce((product, edge) => product * edge, size),
    deflate: filters.some((filter) => filter.id === DEFLATE),
    shuffle: shuffled ? size : 0,
  }
}

/**
 * Copies rows [start, start + count) into `target`. False when a chunk is missing, damaged or stored in an unusual
 * way; `target` is then undefined, and libhdf5 has the last word.
 */
export function readRows(
  file: RawFile,
  layout: ChunkedLayout,
  start: number,
  count: number,
  target: Uint8Array,
): boolean {
  return readApart(file, layout, { start, count }, { to: target, at: 0, stride: layout.rowBytes })
}

/** As readRows; the rows are put `stride` bytes apart, from `at` on. */
export function readApart(
  file: RawFile,
  layout: ChunkedLayout,
  { start, count }: { start: number; count: number },
  { to, at, stride }: { to: Uint8Array; at: number; stride: number },
): boolean {
  const { chunkRows } = layout
  const firstChunk = Math.floor(start / chunkRows)
  let next = firstChunk
  const room: Room = { stored: new Uint8Array(0), inflated: null }
  const sound = forEachChunk(file, layout.index, firstChunk * chunkRows, start + count, (chunk) => {
    const expected = chunk.row === next * chunkRows && chunk.filterMask === 0
    next += 1
    return expected && copyChunk(chunk)
  })
  return sound && next === Math.ceil((start + count) / chunkRows)

  function copyChunk(chunk: StoredChunk): boolean {
    const bytes = filtered(file, layout, chunk, room)
    if (bytes === null) return false
    const { rowBytes, shuffle } = layout
    const first = Math.max(start, chunk.row) - chunk.row
    const rows = Math.min(start + count, chunk.row + chunkRows) - chunk.row - first
    const place = at + (chunk.row + first - start) * stride
    if (shuffle === 0) {
      const from = { from: bytes, at: first * rowBytes, stride: rowBytes }
      copyStrided(from, { to, at: place, stride }, rowBytes, rows)
    } else if (stride === rowBytes) {
      const perRow = rowBytes / shuffle
      unshuffle(bytes, shuffle, first * perRow, rows * perRow, to.subarray(place))
    } else unshuffleRows({ bytes, width: shuffle, rowBytes }, first, rows, { to, at: place, stride })
    return true
  }
}

/** Memory that one chunk after the other is read into. */
interface Room {
  stored: Uint8Array
  inflated: Uint8Array | null
}

/** The inflated, still shuffled bytes of a chunk; null when they are not what the filters must have left. */
function filtered(file: RawFile, layout: ChunkedLayout, chunk: StoredChunk, room: Room): Uint8Array | null {
  const expected = layout.chunkRows * layout.rowBytes
  if (chunk.bytes > expected + expected / 64 + STORED_SLACK) return null
  if (room.stored.length < chunk.bytes) room.stored = new Uint8Array(chunk.bytes * 2)
  const stored = room.stored.subarray(0, chunk.bytes)
  if (readSync(file.fileDescriptor, stored, 0, chunk.bytes, chunk.at) !== chunk.bytes) return null
  if (!layout.deflate) return chunk.bytes === expected ? stored : null
  // One byte more than needed, so that a stream that holds more is told from one that ends here.
  room.inflated ??= new Uint8Array(expected + 1)
  return inflatesTo(expected, stored, room.inflated) ? room.inflated.subarray(0, expected) : null
}

function inflatesTo(expected: number, stored: Uint8Array, inflated: Uint8Array): boolean {
  try {
    return inflateInto(stored, inflated) === expected
  } catch {
    return false
  }
}
