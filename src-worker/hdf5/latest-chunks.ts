import { RECORD, treeRecords } from './b-tree-2'
import { readExtensibleArray, readFixedArray } from './chunk-arrays'
import { indexOfLayout } from './chunk-index'
import { ChunkTable, type ChunkVisit } from './chunk-table'
import type { LatestFile } from './latest-file'
import { classicChunks } from './lzf-rows'
import { address, RawFormatError, UNDEFINED_ADDRESS } from './raw-file'

/** A dataset of filtered chunks as libhdf5 describes it. */
export interface ChunkedShape {
  shape: readonly number[]
  /** Greatest length of each axis; what is not a number of elements means that it can grow for ever. */
  greatest: readonly number[]
  chunk: readonly number[]
}

/** Kinds of chunk indices (section IV.A.2.i, version 4); implicit ones (2) never have filters. */
const INDEX = { single: 1, fixedArray: 3, extensibleArray: 4, tree: 5 } as const
const CLASSIC_VERSION = 3
const LAYOUT_VERSION = 4
const CHUNKED_LAYOUT = 2
const EDGES_PLAIN = 1
/** Bytes that each kind of index says of itself before its address. */
const INDEX_FACTS: Readonly<Record<number, number>> = { 1: 12, 3: 1, 4: 5, 5: 6 }

/**
 * Where the filtered chunks of a dataset of a newer file lie.
 * @throws RawFormatError when the index is damaged, or one that is not read here
 */
export function latestChunks(file: LatestFile, path: string, dataset: ChunkedShape): ChunkVisit {
  const layout = file.layout(path)
  // What h5py writes with libver='v108' still has the classic index.
  if (layout[0] === CLASSIC_VERSION) return classicChunks(file, indexOfLayout(layout, path))
  return tableOf(file, path, layout, dataset).visit
}

function tableOf(file: LatestFile, path: string, layout: Buffer, dataset: ChunkedShape): ChunkTable {
  const { shape, chunk } = dataset
  const rank = layout[3] - 1
  if (layout[0] !== LAYOUT_VERSION || layout[1] !== CHUNKED_LAYOUT || rank !== shape.length)
    throw new RawFormatError(`${path} is not chunked in the newer way`)
  if ((layout[2] & EDGES_PLAIN) !== 0) throw new RawFormatError(`${path} has chunks of two kinds`)
  const kindAt = 5 + layout[3] * layout[4]
  const kind = layout[kindAt]
  const addressAt = kindAt + 1 + (INDEX_FACTS[kind] ?? 0)
  const table = new ChunkTable(shape, chunk)
  if (layout.readBigUInt64LE(addressAt) === UNDEFINED_ADDRESS) return table
  const at = address(layout, addressAt)
  if (kind === INDEX.single) {
    const places = shape.map(() => 0)
    table.put(places, at, address(layout, kindAt + 1), layout.readUInt32LE(kindAt + 9))
  } else if (kind === INDEX.fixedArray || kind === INDEX.extensibleArray) {
    fillFromArray(file, table, at, kind === INDEX.fixedArray, dataset)
  } else if (kind === INDEX.tree) fillFromTree(file, table, at, rank)
  else throw new RawFormatError(`${path} has a chunk index of kind ${kind}`)
  return table
}

/** Elements are numbered through the grid of chunks that the dataset may grow to. */
function fillFromArray(
  file: LatestFile,
  table: ChunkTable,
  at: number,
  isFixed: boolean,
  { greatest, chunk }: ChunkedShape,
): void {
  const counts = greatest.map((edge, axis) => Math.ceil(edge / chunk[axis]))
  if (counts.slice(1).some((count) => !Number.isSafeInteger(count) || count < 1))
    throw new RawFormatError('a dataset grows along another axis than the first')
  const perRow = counts.slice(1).reduce((product, count) => product * count, 1)
  const wanted = table.rows * perRow
  const parts: { first: number; bytes: Buffer }[] = []
  const found = (first: number, bytes: Buffer): void => void parts.push({ first, bytes })
  const elementBytes = isFixed
    ? readFixedArray(file, at, found)
    : readExtensibleArray(file, at, wanted, found)
  for (const { first, bytes } of parts) {
    for (let i = 0; i * elementBytes < bytes.length && first + i < wanted; i++)
      putStored(table, placeOf(first + i, counts), bytes.subarray(i * elementBytes, (i + 1) * elementBytes))
  }
}

/** Records of filtered chunks: address, size, mask, place along each axis (section III.A.2, kind 11). */
function fillFromTree(file: LatestFile, table: ChunkTable, at: number, rank: number): void {
  const { kind, records } = treeRecords(file, at)
  if (kind !== RECORD.filteredChunk) throw new RawFormatError('a chunk index is of another kind')
  for (const record of records) {
    const head = record.length - 8 * rank
    const place = Array.from({ length: rank }, (_, axis) => address(record, head + 8 * axis))
    putStored(table, place, record.subarray(0, head))
  }
}

/** A stored chunk: its address, its size in as many bytes as are left, and the filters that were left out for it. */
function putStored(table: ChunkTable, place: readonly number[], stored: Buffer): void {
  if (stored.readBigUInt64LE(0) === UNDEFINED_ADDRESS) return
  const sizeBytes = stored.length - 12
  if (sizeBytes < 1 || sizeBytes > 8) throw new RawFormatError('a chunk index is damaged')
  const bytes = stored.readUIntLE(8, Math.min(sizeBytes, 6))
  table.put(place, address(stored, 0), bytes, stored.readUInt32LE(8 + sizeBytes))
}

/** Place along each axis of the chunk with a number; the last axis runs fastest, the first has no end. */
function placeOf(number: number, counts: readonly number[]): number[] {
  let rest = number
  const place = counts.map(() => 0)
  for (let axis = counts.length - 1; axis > 0; axis--) {
    place[axis] = rest % counts[axis]
    rest = Math.floor(rest / counts[axis])
  }
  place[0] = rest
  return place
}
