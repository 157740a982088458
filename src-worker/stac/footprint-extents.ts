import type { Bounds } from '../../src-shared/catalog/scene'
import { DAY_MS } from '../../src-shared/footprint/time'
import { cellAt, positiveLongitude } from '../catalog/lonlat-cells'

/** Footprints of one cell of one degree on one UTC day. */
export interface CellDay {
  /** Index of the cell, see cellAt. */
  cell: number
  /** Days since 1970-01-01. */
  day: number
  /** Extent of the footprints in degrees; longitudes in -180 (inclusive) to 180 (exclusive). */
  extent: Bounds
  footprints: number
}

/** Days before 1970 that a key has room for. */
const DAY_OFFSET = 5e7
const DAYS = 1e8

/** One number for a cell and a day since 1970. */
export function placeKey(cell: number, day: number): number {
  return cell * DAYS + day + DAY_OFFSET
}

/**
 * Where and when footprints lie, without keeping each: their extents by cell of one degree and day, in typed arrays.
 * Millions of footprints of a few thousand passes come to some thousand entries.
 */
export class FootprintExtents {
  /** Number of the entry of each cell and day. */
  private readonly entries = new Map<number, number>()
  /** West, south, east, north of each entry. */
  private bounds = new Float64Array(4 * 1024)
  private counts = new Uint32Array(1024)

  /** Adds a footprint by its position in degrees and time in milliseconds since 1970. */
  add(lon: number, lat: number, time: number): void {
    const key = placeKey(cellAt(lon, lat), Math.floor(time / DAY_MS))
    const x = signedLongitude(lon)
    const entry = this.entries.get(key)
    if (entry === undefined) {
      this.begin(key, x, lat)
      return
    }
    const at = 4 * entry
    const { bounds } = this
    if (x < bounds[at]) bounds[at] = x
    if (lat < bounds[at + 1]) bounds[at + 1] = lat
    if (x > bounds[at + 2]) bounds[at + 2] = x
    if (lat > bounds[at + 3]) bounds[at + 3] = lat
    this.counts[entry]++
  }

  /** All entries, by cell and day. */
  sorted(): CellDay[] {
    const order = [...this.entries].sort(([a], [b]) => a - b)
    return order.map(([key, entry]) => {
      const cell = Math.floor(key / DAYS)
      const [west, south, east, north] = this.bounds.subarray(4 * entry, 4 * entry + 4)
      return {
        cell,
        day: key - cell * DAYS - DAY_OFFSET,
        extent: [west, south, east, north],
        footprints: this.counts[entry],
      }
    })
  }

  private begin(key: number, x: number, lat: number): void {
    const entry = this.entries.size
    if (entry === this.counts.length) {
      this.bounds = enlarged(this.bounds, new Float64Array(2 * this.bounds.length))
      this.counts = enlarged(this.counts, new Uint32Array(2 * this.counts.length))
    }
    this.entries.set(key, entry)
    this.bounds.set([x, lat, x, lat], 4 * entry)
    this.counts[entry] = 1
  }
}

/** A longitude in -180 (inclusive) to 180 (exclusive) degrees. */
function signedLongitude(lon: number): number {
  if (lon >= -180 && lon < 180) return lon
  return positiveLongitude(lon + 180) - 180
}

function enlarged<T extends Float64Array | Uint32Array>(from: T, into: T): T {
  into.set(from)
  return into
}
