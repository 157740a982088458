import { NODE_PREFIX_BYTES, UNDEFINED_ADDRESS } from '../hdf5/raw-file'

/** Children of a full node: twice the rank 32 that a superblock of version 0 stands for. */
const MOST_CHILDREN = 64
/** Nodes of a level that are written at a time. */
const NODES_TOGETHER = 32
const CHUNK_NODE = 1
const HALF = 2 ** 32

/** Writes bytes to a place of the file. */
type WriteAt = (bytes: Uint8Array, at: number) => void

/** First row and stored bytes of a chunk: what a key of the tree says beside zeros. */
interface Key {
  row: number
  bytes: number
}

/**
 * Writes the chunk index of a dataset, a version 1 B-tree, from chunks that come in the order of their rows. How many
 * there are is known before, so that every node has its place and goes to the file as soon as it is full: memory does
 * not grow with the dataset. Layout after the HDF5 file format specification, section III.A.1; nodes are filled to
 * the brim, all but the last of each level.
 */
export class ChunkTree {
  /** Address of the root. */
  readonly root: number
  private readonly leaves: Level
  private added = 0

  /**
   * @param chunk edges of a chunk, those of the dataset's axes, then the bytes of an element
   * @param count chunks of the dataset, at least 1
   * @param at where the tree begins in the file
   */
  constructor(
    private readonly chunk: readonly number[],
    private readonly count: number,
    at: number,
    write: WriteAt,
  ) {
    const sizes = nodesOfLevels(count)
    const nodeBytes = bytesOfNode(chunk.length)
    const starts = sizes.map((_, k) => at + sizes.slice(0, k).reduce((a, b) => a + b, 0) * nodeBytes)
    let above: Level | null = null
    for (let level = sizes.length - 1; level >= 0; level--)
      above = new Level({ level, nodes: sizes[level], at: starts[level], chunk, above, write })
    if (above === null) throw new RangeError('a tree needs a chunk')
    this.leaves = above
    this.root = starts[starts.length - 1]
  }

  /** Bytes that the tree of so many chunks takes. @param axes edges of a chunk, with that of the element */
  static bytes(axes: number, count: number): number {
    return nodesOfLevels(count).reduce((sum, nodes) => sum + nodes, 0) * bytesOfNode(axes)
  }

  /** Adds the next chunk: its bytes lie at `at`. */
  add(bytes: number, at: number): void {
    this.leaves.add({ row: this.added * this.chunk[0], bytes }, at)
    this.added += 1
  }

  /** Writes what is left. @throws RangeError when chunks are missing */
  finish(): void {
    if (this.added !== this.count) throw new RangeError(`${this.added} of ${this.count} chunks were added`)
    this.leaves.finish((this.added - 1) * this.chunk[0])
  }
}

/** Nodes of each level, leaves first; nothing for no chunks. */
function nodesOfLevels(count: number): number[] {
  const sizes: number[] = []
  for (let below = count; below > 1 || (sizes.length === 0 && count > 0);) {
    below = Math.ceil(below / MOST_CHILDREN)
    sizes.push(below)
  }
  return sizes
}

function bytesOfKey(axes: number): number {
  return 8 + 8 * axes
}

function bytesOfNode(axes: number): number {
  return NODE_PREFIX_BYTES + MOST_CHILDREN * 8 + (MOST_CHILDREN + 1) * bytesOfKey(axes)
}

interface LevelOptions {
  level: number
  nodes: number
  at: number
  chunk: readonly number[]
  above: Level | null
  write: WriteAt
}

/** The nodes of one level. */
class Level {
  private readonly nodeBytes: number
  private readonly keyBytes: number
  private readonly buffer: Buffer
  /** Nodes begun, and children of the last one. */
  private begun = 0
  private used = 0

  constructor(private readonly options: LevelOptions) {
    this.keyBytes = bytesOfKey(options.chunk.length)
    this.nodeBytes = bytesOfNode(options.chunk.length)
    this.buffer = Buffer.alloc(Math.min(NODES_TOGETHER, options.nodes) * this.nodeBytes)
  }

  add(key: Key, child: number): void {
    if (this.used === MOST_CHILDREN || this.begun === 0) this.begin(key)
    const at = this.place() + NODE_PREFIX_BYTES + this.used * (this.keyBytes + 8)
    this.writeKey(key, at)
    this.writeNumber(child, at + this.keyBytes)
    this.used += 1
    this.buffer.writeUInt16LE(this.used, this.place() + 6)
  }

  /** @param lastRow row of the last chunk; the last key says where it ends */
  finish(lastRow: number): void {
    const at = this.place() + NODE_PREFIX_BYTES + this.used * (this.keyBytes + 8)
    this.writeKey({ row: lastRow + this.options.chunk[0], bytes: 0 }, at)
    // libhdf5 has the last key end on all axes, that of the element too.
    this.options.chunk.slice(1).forEach((edge, axis) => {
      this.buffer.writeBigUInt64LE(BigInt(edge), at + 16 + 8 * axis)
    })
    this.flush()
    this.options.above?.finish(lastRow)
  }

  /** Ends the node with the key of the next one, and begins that. */
  private begin(key: Key): void {
    const { level, nodes, above } = this.options
    if (this.begun > 0) this.writeKey(key, this.place() + NODE_PREFIX_BYTES + this.used * (this.keyBytes + 8))
    if (this.begun > 0 && this.begun % NODES_TOGETHER === 0) this.flush()
    this.begun += 1
    this.used = 0
    const at = this.place()
    this.buffer.fill(0, at, at + this.nodeBytes)
    this.buffer.write('TREE', at, 'latin1')
    this.buffer.writeUInt8(CHUNK_NODE, at + 4)
    this.buffer.writeUInt8(level, at + 5)
    const [left, right] = [this.begun - 2, this.begun]
    this.buffer.writeBigUInt64LE(left < 0 ? UNDEFINED_ADDRESS : BigInt(this.address(left)), at + 8)
    this.buffer.writeBigUInt64LE(right === nodes ? UNDEFINED_ADDRESS : BigInt(this.address(right)), at + 16)
    above?.add(key, this.address(this.begun - 1))
  }

  private writeKey({ row, bytes }: Key, at: number): void {
    this.buffer.writeUInt32LE(bytes, at)
    this.writeNumber(row, at + 8)
  }

  /** A number of 64 bits in two halves, which is quicker than to make a BigInt of it. */
  private writeNumber(value: number, at: number): void {
    this.buffer.writeUInt32LE(value % HALF, at)
    this.buffer.writeUInt32LE(Math.floor(value / HALF), at + 4)
  }

  /** Writes the nodes that the buffer holds. */
  private flush(): void {
    const last = this.begun - 1
    const first = last - (last % NODES_TOGETHER)
    this.options.write(this.buffer.subarray(0, (last - first + 1) * this.nodeBytes), this.address(first))
  }

  /** Where the present node lies in the buffer. */
  private place(): number {
    return ((this.begun - 1) % NODES_TOGETHER) * this.nodeBytes
  }

  private address(node: number): number {
    return this.options.at + node * this.nodeBytes
  }
}
