import { EXPLORE_FILTERS } from '../../src-shared/explore/filter-names'
import type { Criterion } from './criteria'
import type { ShotWorld } from './load-granules'
import type { ShotCodes } from './shot-codes'
import { HIDDEN, Tally } from './tally'

/** Rows whose changes are collected before they are counted. */
const BLOCK = 8192
/** Every so many rows one is looked at to tell how many change, */
const PROBE = 64
/** and from this share on counting all rows anew is quicker than following each change. */
const MANY = 0.2

/**
 * Which filters each row fails, and the counts that follow, kept up to date from one set of settings to the next. Only
 * filters that changed are judged again. The result depends on the last settings alone, not on the way to them.
 */
export class CrossFilter {
  /** Of each row: bit i is set when it fails EXPLORE_FILTERS[i]; HIDDEN when another version of its shot counts. */
  readonly mask: Uint16Array
  readonly tally: Tally
  private readonly failed: Uint8Array
  private readonly changing = new Uint32Array(BLOCK)
  private readonly keys = new Map(EXPLORE_FILTERS.map((name) => [name, '']))
  private readonly hidden: Uint8Array
  /** -1 before the first settings. */
  private needs = -1

  constructor({ keys, places, values, origins }: ShotWorld, codes: ShotCodes) {
    this.mask = new Uint16Array(keys.length)
    this.failed = new Uint8Array(keys.length)
    this.tally = new Tally(codes, places.origin, origins.length)
    this.hidden = values.hidden
  }

  /**
   * Takes over what settings ask for.
   * @param criteria all filters
   * @param needs bits of the optional columns that they need
   * @returns whether anything was judged anew
   */
  apply(criteria: readonly Criterion[], needs: number): boolean {
    const changed = criteria.filter(({ name, key }) => this.keys.get(name) !== key)
    const first = this.needs < 0
    const rehidden = needs !== this.needs && this.hide(needs)
    this.needs = needs
    if (changed.length === 0 && !rehidden && !first) return false
    let counted = changed.length === 1 && !rehidden && !first
    for (const { name, key, judge } of changed) {
      const place = EXPLORE_FILTERS.indexOf(name)
      judge(this.failed)
      counted &&= this.changingShare(place) < MANY
      if (counted) this.followChanges(place)
      else this.overwrite(place)
      this.keys.set(name, key)
    }
    if (!counted) this.tally.recount(this.mask)
    return true
  }

  /** Estimate of the share of rows in which a bit differs from what was judged. */
  private changingShare(place: number): number {
    const { mask, failed } = this
    let changing = 0
    for (let row = 0; row < mask.length; row += PROBE) changing += ((mask[row] >> place) & 1) ^ failed[row]
    return (changing * PROBE) / Math.max(1, mask.length)
  }

  /** Writes what was judged into a bit of the masks. */
  private overwrite(place: number): void {
    const { mask, failed } = this
    const others = 0xffff & ~(1 << place)
    for (let row = 0; row < mask.length; row++) mask[row] = (mask[row] & others) | (failed[row] << place)
  }

  /** As `overwrite`, and counts the rows that change. */
  private followChanges(place: number): void {
    const { mask, failed, changing, tally } = this
    const rows = mask.length
    for (let start = 0; start < rows; start += BLOCK) {
      const end = Math.min(rows, start + BLOCK)
      let count = 0
      for (let row = start; row < end; row++) {
        if (((mask[row] >> place) & 1) !== failed[row]) changing[count++] = row
      }
      tally.flip(mask, 1 << place, changing, count)
    }
  }

  /** @returns whether other rows are hidden than before */
  private hide(needs: number): boolean {
    const { mask, hidden } = this
    let changed = false
    for (let row = 0; row < mask.length; row++) {
      const before = mask[row]
      const after = ((hidden[row] >> needs) & 1) === 1 ? before | HIDDEN : before & ~HIDDEN
      if (after === before) continue
      mask[row] = after
      changed = true
    }
    return changed
  }
}
