import type { Bounds } from '../../src-shared/catalog/scene'
import { DAY_MS } from '../../src-shared/footprint/time'
import type { CellDay } from './footprint-extents'
import { tileReach } from './tile-reach'

/** Footprints that one search serves. */
export interface SearchGroup {
  /**
   * Places to search, one or, across the antimeridian, two: together they hold every footprint of the group and all
   * tiles that hold one of them.
   */
  boxes: Bounds[]
  /** Sensing times that matter, from and until, milliseconds since 1970, whole days. */
  time: [from: number, until: number]
  /** The footprints that it serves, by cell and day. */
  serves: CellDay[]
}

/** A search for what does not change with time. */
export interface SearchBlock {
  /** Places to search, one or, across the antimeridian, two. */
  boxes: Bounds[]
  serves: CellDay[]
}

/** Days that a search spans at most, where footprints of one day do not ask for more. */
const MOST_DAYS = 62
/** Degrees that the footprints of a search span at most in either direction. */
const MOST_DEGREES = 6
/** Items that a search of several cells may come to without further ado: those of a page. */
const PAGE_ITEMS = 250
/** Items that it may come to where several searches would find more: those of some pages. */
const MOST_ITEMS = 1000

/** Degrees of latitude between tiles of Sentinel-2, and how many of them lie over a place on average. */
const TILE_DEGREES = 0.9
const TILE_OVERLAP = 1.3
/** Passes a day over a place with two satellites, and the part of scenes that is not too cloudy. */
const PASSES_A_DAY = 0.3
const CLEAR = 0.35

/** A group while others may still be joined to it. Days are whole, since 1970, first and last inclusive. */
interface Draft {
  extent: Bounds
  first: number
  last: number
  serves: CellDay[]
}

/**
 * Groups footprints for searches: those of a cell of one degree whose days (`maxDays` before to `maxDays` after)
 * overlap or touch, up to 62 days; then groups of cells close by, as long as their scenes are few or fewer than those of
 * two searches would be. So a search serves hundreds of footprints where they are dense, and those of several cells where
 * they are sparse. Servers find scenes by the outline of their data, while a scene counts for a footprint where its tile
 * holds the window; so a search reaches as far around the footprints as a tile can. What comes out depends on nothing
 * but the footprints.
 * @param cells by cell and day
 * @param maxDays largest distance in whole UTC days between scene and footprint
 */
export function groupForSearch(cells: readonly CellDay[], maxDays: number): SearchGroup[] {
  const mostDays = Math.max(MOST_DAYS, 2 * maxDays + 1)
  const joined = joinNeighbours(joinDays(cells, maxDays, mostDays), mostDays)
  return joined.map(({ extent, first, last, serves }) => ({
    boxes: boxesAround(extent, reachAround(extent)),
    time: [first * DAY_MS, (last + 1) * DAY_MS],
    serves,
  }))
}

/**
 * Groups footprints by place alone, in blocks of ten degrees, for what does not change with time.
 * @param margin degrees around them; of longitude more, as meridians draw together
 */
export function blocksForSearch(cells: readonly CellDay[], margin: number): SearchBlock[] {
  const blocks = new Map<number, { extent: Bounds; serves: CellDay[] }>()
  for (const each of cells) {
    const { extent } = each
    const number = Math.floor((extent[1] + 90) / 10) * 100 + Math.floor((extent[0] + 180) / 10)
    const block = blocks.get(number) ?? { extent, serves: [] }
    block.extent = union(block.extent, extent)
    block.serves.push(each)
    blocks.set(number, block)
  }
  const inOrder = [...blocks].sort(([a], [b]) => a - b)
  return inOrder.map(([, { extent, serves }]) => ({ boxes: boxesAround(extent, margin), serves }))
}

/** Joins the days of every cell. */
function joinDays(cells: readonly CellDay[], maxDays: number, mostDays: number): Map<number, Draft[]> {
  const byCell = new Map<number, Draft[]>()
  for (const each of cells) {
    const { cell, day, extent } = each
    const drafts = byCell.get(cell) ?? []
    byCell.set(cell, drafts)
    const draft = { extent, first: day - maxDays, last: day + maxDays, serves: [each] }
    const before = drafts.at(-1)
    if (before !== undefined && meetInTime(before, draft, mostDays)) join(before, draft)
    else drafts.push(draft)
  }
  return byCell
}

/** Joins groups of cells that lie at most two apart, where the result is small enough; first come, first served. */
function joinNeighbours(byCell: ReadonlyMap<number, Draft[]>, mostDays: number): Draft[] {
  const groups: Draft[] = []
  const near = new NearGroups()
  for (const [cell, drafts] of byCell) {
    const around = neighbours(cell)
    for (const draft of drafts) {
      const { first } = draft
      const group = near.find(around, first, (each) => mayJoin(each, draft, mostDays))
      if (group === null) groups.push(draft)
      else join(group, draft)
      near.add(cell, first, group ?? draft)
    }
  }
  return groups
}

/** Groups by the cells and the weeks of their members, so that few have to be looked at. */
class NearGroups {
  private readonly places = new Map<number, Draft[]>()

  add(cell: number, day: number, group: Draft): void {
    const key = placeKey(cell, stretch(day))
    const here = this.places.get(key)
    if (here === undefined) this.places.set(key, [group])
    else if (!here.includes(group)) here.push(group)
  }

  /** The first group with a member in one of the cells at about the same time that is accepted, or null. */
  find(cells: readonly number[], day: number, accepts: (group: Draft) => boolean): Draft | null {
    for (const cell of cells) {
      for (let time = stretch(day) - 1; time <= stretch(day) + 1; time++) {
        const found = this.places.get(placeKey(cell, time))?.find(accepts)
        if (found !== undefined) return found
      }
    }
    return null
  }
}

/** Number of a stretch of as many days as a search spans. */
function stretch(day: number): number {
  return Math.floor(day / MOST_DAYS)
}

function placeKey(cell: number, time: number): number {
  return cell * 1e7 + time
}

/** The cell and those around and south of it, as cells come row by row from the south; not across the antimeridian. */
function neighbours(cell: number): number[] {
  const column = cell % 360
  const cells: number[] = []
  for (let down = 0; down <= 2; down++) {
    for (let across = -2; across <= 2; across++) {
      const other = (column + across + 360) % 360
      const crosses = Math.abs(signed(other) - signed(column)) > 2
      if (!crosses) cells.push(cell - down * 360 - column + other)
    }
  }
  return cells
}

function signed(column: number): number {
  return column < 180 ? column : column - 360
}

function mayJoin(a: Draft, b: Draft, mostDays: number): boolean {
  if (!meetInTime(a, b, mostDays)) return false
  const extent = union(a.extent, b.extent)
  const [width, height] = [extent[2] - extent[0], extent[3] - extent[1]]
  if (width > MOST_DEGREES || height > MOST_DEGREES) return false
  const items = expectedItems({ extent, first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) })
  return items <= PAGE_ITEMS || (items <= MOST_ITEMS && items <= expectedItems(a) + expectedItems(b))
}

function meetInTime(a: Draft, b: Draft, mostDays: number): boolean {
  const [first, last] = [Math.min(a.first, b.first), Math.max(a.last, b.last)]
  return a.first <= b.last + 1 && b.first <= a.last + 1 && last - first < mostDays
}

/** About how many scenes a search will find. */
function expectedItems({ extent, first, last }: Omit<Draft, 'serves'>): number {
  const [west, south, east, north] = extent
  const acrossScale = Math.cos(((south + north) / 2) * (Math.PI / 180))
  const reach = 2 * reachAround(extent)
  const across = ((east - west) * acrossScale + reach) / TILE_DEGREES + 1
  const down = (north - south + reach) / TILE_DEGREES + 1
  return across * down * TILE_OVERLAP * (last - first + 1) * PASSES_A_DAY * CLEAR
}

function reachAround([, south, , north]: Bounds): number {
  return tileReach(Math.max(Math.abs(south), Math.abs(north)))
}

function join(into: Draft, other: Draft): void {
  into.extent = union(into.extent, other.extent)
  into.first = Math.min(into.first, other.first)
  into.last = Math.max(into.last, other.last)
  into.serves.push(...other.serves)
}

function union(a: Bounds, b: Bounds): Bounds {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}

/**
 * An extent with a margin in degrees around it (of longitude as much on the ground as of latitude), rounded outwards to
 * thousandths, cut in two at the antimeridian: servers disagree on boxes that cross it.
 */
function boxesAround([west, south, east, north]: Bounds, margin: number): Bounds[] {
  const furthest = Math.min(89, Math.max(Math.abs(south), Math.abs(north)) + margin)
  const across = margin / Math.cos((furthest * Math.PI) / 180)
  const bottom = Math.max(-90, down(south - margin))
  const top = Math.min(90, up(north + margin))
  const [left, right] = [down(west - across), up(east + across)]
  if (right - left >= 360) return [[-180, bottom, 180, top]]
  if (left < -180) {
    return [
      [-180, bottom, right, top],
      [tidy(left + 360), bottom, 180, top],
    ]
  }
  if (right > 180) {
    return [
      [left, bottom, 180, top],
      [-180, bottom, tidy(right - 360), top],
    ]
  }
  return [[left, bottom, right, top]]
}

function down(degrees: number): number {
  return Math.floor(degrees * 1000) / 1000
}

function up(degrees: number): number {
  return Math.ceil(degrees * 1000) / 1000
}

function tidy(degrees: number): number {
  return Math.round(degrees * 1000) / 1000
}
