import type { HistogramName } from '../../src-shared/explore/filter-counts'
import { EXPLORE_FILTERS, type ExploreFilter } from '../../src-shared/explore/filter-names'
import type { ShotCodes } from './shot-codes'

/** Bit of a filter in the mask of a row. */
export function bitOf(filter: ExploreFilter): number {
  return 1 << EXPLORE_FILTERS.indexOf(filter)
}

/** Bit of rows that are not the version of their shot that counts; they are counted nowhere. */
export const HIDDEN = 1 << EXPLORE_FILTERS.length

const NOT_OF_ORIGIN = 0xffff & ~(bitOf('dates') | bitOf('years'))
const ERROR = bitOf('relative-standard-error')
const RANGE = bitOf('agbd-range')
const SENSITIVITY = bitOf('sensitivity')
const DAYLIGHT = bitOf('daylight')
const BEAMS = bitOf('beams')
const DEGRADE = bitOf('degrade-flag')

/** Rows by a code of one byte. */
export class Chart {
  /** Rows that are kept. */
  readonly kept = new Int32Array(256)
  /** Rows that fail the filter on what the code stands for, and no other. */
  readonly alone = new Int32Array(256)
}

/**
 * Counts of rows by their masks, from which all numbers of the Filter step follow. Counts are kept up to date by telling
 * each change of a mask; the order of changes does not matter.
 */
export class Tally {
  /** Rows by mask. */
  readonly byMask = new Int32Array(1 << 16)
  /** Rows by origin that pass all filters but those on granules. */
  readonly loose: Int32Array
  /** Kept rows by their flags, see `packed`. */
  readonly flags = new Int32Array(16)
  readonly beams = new Chart()
  readonly degrade = new Chart()
  readonly histograms: Readonly<Record<HistogramName, Chart>>
  private readonly error = new Chart()
  private readonly agbd = new Chart()
  private readonly sensitivity = new Chart()
  private readonly elevation = new Chart()
  private readonly packed: Uint32Array

  constructor(
    { packed }: ShotCodes,
    private readonly origin: Uint32Array,
    origins: number,
  ) {
    this.packed = packed
    this.loose = new Int32Array(origins)
    this.histograms = {
      'relative-standard-error': this.error,
      agbd: this.agbd,
      sensitivity: this.sensitivity,
      'solar-elevation': this.elevation,
    }
  }

  /** Counts all rows anew. */
  recount(mask: Uint16Array): void {
    this.clear()
    for (let row = 0; row < mask.length; row++) this.count(row, mask[row], 1)
  }

  /** Turns a bit of the masks of some rows, the first `count` of a list, and counts them. */
  flip(mask: Uint16Array, bit: number, rows: Uint32Array, count: number): void {
    for (let i = 0; i < count; i++) {
      const row = rows[i]
      const before = mask[row]
      const after = before ^ bit
      mask[row] = after
      this.count(row, before, -1)
      this.count(row, after, 1)
    }
  }

  private count(row: number, mask: number, by: number): void {
    this.byMask[mask] += by
    if ((mask & NOT_OF_ORIGIN) === 0) {
      this.loose[this.origin[row]] += by
      if (mask === 0) this.countKept(this.packed[2 * row], this.packed[2 * row + 1], by)
    } else if (mask === ERROR) this.error.alone[this.packed[2 * row] & 0xff] += by
    else if (mask === RANGE) this.agbd.alone[(this.packed[2 * row] >>> 8) & 0xff] += by
    else if (mask === SENSITIVITY) this.sensitivity.alone[(this.packed[2 * row] >>> 16) & 0xff] += by
    else if (mask === DAYLIGHT) this.elevation.alone[this.packed[2 * row] >>> 24] += by
    else if (mask === BEAMS) this.beams.alone[this.packed[2 * row + 1] & 0xff] += by
    else if (mask === DEGRADE) this.degrade.alone[(this.packed[2 * row + 1] >>> 8) & 0xff] += by
  }

  private countKept(bins: number, others: number, by: number): void {
    this.error.kept[bins & 0xff] += by
    this.agbd.kept[(bins >>> 8) & 0xff] += by
    this.sensitivity.kept[(bins >>> 16) & 0xff] += by
    this.elevation.kept[bins >>> 24] += by
    this.beams.kept[others & 0xff] += by
    this.degrade.kept[(others >>> 8) & 0xff] += by
    this.flags[others >>> 16] += by
  }

  private clear(): void {
    this.byMask.fill(0)
    this.loose.fill(0)
    this.flags.fill(0)
    for (const { kept, alone } of [...Object.values(this.histograms), this.beams, this.degrade]) {
      kept.fill(0)
      alone.fill(0)
    }
  }
}
