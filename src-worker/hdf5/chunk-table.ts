import { RawFormatError } from './raw-file'

/** A chunk of a dataset: its first element along each axis, and where its bytes lie as the filters left them. */
export interface PlacedChunk {
  offsets: readonly number[]
  at: number
  bytes: number
  /** Bit i is set where filter i was left out. */
  filterMask: number
}

/**
 * Calls `found` for each stored chunk whose first row lies in [from, to), in row order, until it returns false; says
 * whether it never did.
 */
export type ChunkVisit = (from: number, to: number, found: (chunk: PlacedChunk) => boolean) => boolean

/** More chunks than any dataset here has, in memory 20 bytes each. */
const MOST_CHUNKS = 50_000_000

/** Where the chunks of a dataset lie, each by its place in the grid of chunks. */
export class ChunkTable {
  private readonly counts: readonly number[]
  /** 0 where there is no chunk: the file's superblock lies there. */
  private readonly at: Float64Array
  private readonly bytes: Float64Array
  private readonly masks: Uint32Array

  /**
   * @param shape of the dataset, `chunk` that of a chunk
   * @throws RawFormatError when there are too many chunks to be held
   */
  constructor(
    shape: readonly number[],
    private readonly chunk: readonly number[],
  ) {
    this.counts = shape.map((edge, axis) => Math.ceil(edge / chunk[axis]))
    const total = this.counts.reduce((product, count) => product * count, 1)
    if (total > MOST_CHUNKS) throw new RawFormatError('a dataset has too many chunks')
    this.at = new Float64Array(total)
    this.bytes = new Float64Array(total)
    this.masks = new Uint32Array(total)
  }

  /** Chunks along the first axis. */
  get rows(): number {
    return this.counts[0]
  }

  /** Notes a chunk by its place in the grid; one outside of the dataset, as before it was made smaller, is left out. */
  put(place: readonly number[], at: number, bytes: number, filterMask: number): void {
    if (place.some((index, axis) => index >= this.counts[axis])) return
    const i = place.reduce((sum, index, axis) => sum * this.counts[axis] + index, 0)
    this.at[i] = at
    this.bytes[i] = bytes
    this.masks[i] = filterMask
  }

  readonly visit: ChunkVisit = (from, to, found) => {
    const perRow = this.counts.slice(1).reduce((product, count) => product * count, 1)
    const first = Math.max(0, Math.ceil(from / this.chunk[0])) * perRow
    const end = Math.min(this.at.length, Math.ceil(to / this.chunk[0]) * perRow)
    for (let i = first; i < end; i++) {
      if (this.at[i] === 0) continue
      const { at, bytes, masks } = this
      const chunk = { offsets: this.offsets(i), at: at[i], bytes: bytes[i], filterMask: masks[i] }
      if (!found(chunk)) return false
    }
    return true
  }

  private offsets(i: number): number[] {
    let rest = i
    const offsets = this.chunk.map(() => 0)
    for (let axis = this.chunk.length - 1; axis >= 0; axis--) {
      offsets[axis] = (rest % this.counts[axis]) * this.chunk[axis]
      rest = Math.floor(rest / this.counts[axis])
    }
    return offsets
  }
}
