import {
  address,
  expectSignature,
  MAX_LEVEL,
  MESSAGE,
  NODE_PREFIX_BYTES,
  RawFormatError,
  UNDEFINED_ADDRESS,
  type FileBytes,
  type RawFile,
} from './raw-file'

/** Where the bytes of one chunk lie in the file, as they were left by the filters. */
export interface StoredChunk {
  /** Row of the dataset that the chunk begins with. */
  row: number
  at: number
  bytes: number
  /** Bit i is set where filter i was left out. */
  filterMask: number
  /** Where the index holds its size and mask, and its address. */
  keyAt: number
  childAt: number
}

/** Version 1 B-tree of a chunked dataset, read node by node as it is asked for. */
export interface ChunkIndex {
  /** Number of axes of the dataset. */
  rank: number
  /** Address of the tree's root; null before any chunk was written. */
  root: number | null
}

const CHUNK_NODE = 1
const LAYOUT_VERSION = 3
const CHUNKED_LAYOUT = 2

/**
 * The chunk index of a dataset.
 * @throws RawFormatError when the dataset is not chunked, or indexed in one of the newer ways
 */
export function chunkIndex(file: RawFile, path: string): ChunkIndex {
  const layout = file.messages(path).find((message) => message.type === MESSAGE.layout)
  if (layout === undefined || layout.shared) throw new RawFormatError(`${path} has no layout`)
  return indexOfLayout(layout.data, path)
}

/**
 * The chunk index that a layout message names.
 * @throws RawFormatError when the dataset is not chunked, or indexed in one of the newer ways
 */
export function indexOfLayout(data: Buffer, path: string): ChunkIndex {
  if (data[0] !== LAYOUT_VERSION || data[1] !== CHUNKED_LAYOUT)
    throw new RawFormatError(`${path} is not chunked`)
  const root = data.readBigUInt64LE(3)
  return { rank: data[2] - 1, root: root === UNDEFINED_ADDRESS ? null : address(data, 3) }
}

/**
 * Calls `found` for each stored chunk whose first row lies in [from, to), in row order, until it returns false; says
 * whether it never did. Meant for datasets whose
 * chunks span all axes but the first; others have several chunks of the same row.
 * @throws RawFormatError when the tree is damaged
 */
export function forEachChunk(
  file: FileBytes,
  index: ChunkIndex,
  from: number,
  to: number,
  found: (chunk: StoredChunk) => boolean,
): boolean {
  if (index.root === null) return true
  const keyBytes = 8 + 8 * (index.rank + 1)
  return visit(index.root, MAX_LEVEL)

  function visit(at: number, below: number): boolean {
    const prefix = file.read(at, NODE_PREFIX_BYTES)
    expectSignature(prefix, 'TREE')
    const level = prefix[5]
    if (prefix[4] !== CHUNK_NODE || level >= below) throw new RawFormatError('a chunk index is damaged')
    const used = prefix.readUInt16LE(6)
    const stride = keyBytes + 8
    const body = file.read(at + NODE_PREFIX_BYTES, used * stride + keyBytes)
    for (let i = 0; i < used; i++) {
      const key = i * stride
      const row = address(body, key + 8)
      if (row >= to) return true
      const child = address(body, key + keyBytes)
      // A leaf's key is the chunk's own place; above, the child covers all rows up to the next key.
      if (level === 0) {
        if (row < from) continue
        const chunk = {
          row,
          at: child,
          bytes: body.readUInt32LE(key),
          filterMask: body.readUInt32LE(key + 4),
          keyAt: at + NODE_PREFIX_BYTES + key,
          childAt: at + NODE_PREFIX_BYTES + key + keyBytes,
        }
        if (!found(chunk)) return false
      } else if (address(body, key + stride + 8) >= from && !visit(child, level)) {
        return false
      }
    }
    return true
  }
}
