import { DensitySums } from './density-sums'
import type { MapRows } from './map-rows'
import { KEY_LEVEL } from './mercator'

/** Most cells that sums are kept for. */
const MOST_CELLS = 2 ** 18

/**
 * Cells that hold footprints, with their sums, for tiles seen from afar: the finest level of the map at which they are
 * few. Sums are made when they are first asked for, and again when the rows have changed.
 */
export class BaseCells {
  /** Level of the cells. */
  readonly level: number
  /** Key of each cell at that level, ascending. */
  readonly keys: Uint32Array
  /** First row of each cell, and in the end the number of rows. */
  private readonly starts: Uint32Array
  private made: { sums: DensitySums; revision: number } | null = null

  constructor(rowKeys: Uint32Array) {
    this.level = finestLevel(rowKeys)
    const shift = 32 - 2 * this.level
    const keys: number[] = []
    const starts: number[] = []
    for (let row = 0; row < rowKeys.length; row++) {
      const key = rowKeys[row] >>> shift
      if (row > 0 && key === keys[keys.length - 1]) continue
      keys.push(key)
      starts.push(row)
    }
    this.keys = Uint32Array.from(keys)
    this.starts = Uint32Array.from([...starts, rowKeys.length])
  }

  /** Sums of each cell. */
  sums(rows: MapRows): DensitySums {
    if (this.made?.revision === rows.revision) return this.made.sums
    const sums = new DensitySums(this.keys.length)
    for (let cell = 0; cell < this.keys.length; cell++) {
      sums.addRows(rows, this.starts[cell], this.starts[cell + 1], cell)
    }
    this.made = { sums, revision: rows.revision }
    return sums
  }
}

/** The finest level at which not too many cells hold rows, at least 1: a shift by 32 bits would be none. */
function finestLevel(rowKeys: Uint32Array): number {
  // Neighbours in the order part at the level of the first pair of bits in which their keys differ.
  const parting = new Uint32Array(KEY_LEVEL + 1)
  for (let row = 1; row < rowKeys.length; row++) {
    const different = rowKeys[row] ^ rowKeys[row - 1]
    if (different !== 0) parting[(Math.clz32(different) >> 1) + 1]++
  }
  let cells = 1
  for (let level = 1; level <= KEY_LEVEL; level++) {
    cells += parting[level]
    if (cells > MOST_CELLS) return Math.max(1, level - 1)
  }
  return KEY_LEVEL
}
