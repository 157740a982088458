import { beat } from '../process/pulse'
import { earthCentred } from './earth-centred'

/** Points of a leaf, which are looked at one by one. */
const LEAF = 12

/**
 * A balanced k-d tree over points of the ellipsoid in earth-centred coordinates, so that neither the antimeridian nor
 * the poles are special, and clumped points cost no more than even ones. 29 bytes a point. (Bentley, Multidimensional
 * binary search trees used for associative searching, Communications of the ACM 18, 1975.)
 */
export class PointTree {
  readonly size: number
  private readonly coordinates: readonly [Float64Array, Float64Array, Float64Array]
  /** Position of each point in the arrays the tree was made from. */
  private readonly order: Uint32Array
  /** By place of its middle point: the coordinate that a node divides. */
  private readonly axis: Uint8Array
  private readonly target = new Float64Array(3)
  private best = 0

  /** @param lon @param lat degrees; the arrays are not kept */
  constructor(lon: Float64Array, lat: Float64Array) {
    const size = lon.length
    const [x, y, z] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)]
    for (let i = 0; i < size; i++) [x[i], y[i], z[i]] = earthCentred(lon[i], lat[i])
    this.size = size
    this.coordinates = [x, y, z]
    this.order = Uint32Array.from({ length: size }, (_, i) => i)
    this.axis = new Uint8Array(size)
    this.build(0, size)
  }

  /**
   * The straight distance to the nearest point, metres.
   * @param limit only nearer points count
   * @returns Infinity where there is none
   */
  nearest(lon: number, lat: number, limit = Infinity): number {
    this.target.set(earthCentred(lon, lat))
    this.best = limit * limit
    const before = this.best
    this.descend(0, this.size)
    return this.best < before ? Math.sqrt(this.best) : Infinity
  }

  /**
   * Whether some point within a straight distance, metres, is what is looked for.
   * @param matches is asked by the position in the arrays the tree was made from, until it says yes
   */
  someWithin(lon: number, lat: number, distance: number, matches: (position: number) => boolean): boolean {
    this.target.set(earthCentred(lon, lat))
    return this.searchWithin(0, this.size, distance * distance, matches)
  }

  private build(from: number, to: number): void {
    if (to - from <= LEAF) return
    beat()
    const axis = this.widest(from, to)
    const middle = (from + to) >>> 1
    this.select(from, to - 1, middle, this.coordinates[axis])
    this.axis[middle] = axis
    this.build(from, middle)
    this.build(middle + 1, to)
  }

  /** The coordinate in which points [from, to) are spread most. */
  private widest(from: number, to: number): number {
    const spreads = this.coordinates.map((values) => {
      let [low, high] = [Infinity, -Infinity]
      for (let i = from; i < to; i++) {
        const value = values[i]
        if (value < low) low = value
        if (value > high) high = value
      }
      return high - low
    })
    return spreads.indexOf(Math.max(...spreads))
  }

  /** Puts the point that sorts at `k` there, smaller ones before it and larger ones behind (Hoare's quickselect). */
  private select(first: number, last: number, k: number, values: Float64Array): void {
    let [low, high] = [first, last]
    while (low < high) {
      const pivot = values[(low + high) >>> 1]
      let [i, j] = [low, high]
      while (i <= j) {
        while (values[i] < pivot) i++
        while (values[j] > pivot) j--
        if (i <= j) this.swap(i++, j--)
      }
      if (k <= j) high = j
      else if (k >= i) low = i
      else return
    }
  }

  private swap(i: number, j: number): void {
    const [x, y, z] = this.coordinates
    exchange(x, i, j)
    exchange(y, i, j)
    exchange(z, i, j)
    exchange(this.order, i, j)
  }

  private squared(i: number): number {
    const [x, y, z] = this.coordinates
    const [dx, dy, dz] = [x[i] - this.target[0], y[i] - this.target[1], z[i] - this.target[2]]
    return dx * dx + dy * dy + dz * dz
  }

  private descend(from: number, to: number): void {
    if (to - from <= LEAF) {
      for (let i = from; i < to; i++) {
        const squared = this.squared(i)
        if (squared < this.best) this.best = squared
      }
      return
    }
    const middle = (from + to) >>> 1
    const axis = this.axis[middle]
    const aside = this.target[axis] - this.coordinates[axis][middle]
    const squared = this.squared(middle)
    if (squared < this.best) this.best = squared
    if (aside < 0) this.descend(from, middle)
    else this.descend(middle + 1, to)
    if (aside * aside >= this.best) return
    if (aside < 0) this.descend(middle + 1, to)
    else this.descend(from, middle)
  }

  private searchWithin(
    from: number,
    to: number,
    limit: number,
    matches: (position: number) => boolean,
  ): boolean {
    if (to - from <= LEAF) {
      for (let i = from; i < to; i++) if (this.squared(i) <= limit && matches(this.order[i])) return true
      return false
    }
    const middle = (from + to) >>> 1
    const axis = this.axis[middle]
    const aside = this.target[axis] - this.coordinates[axis][middle]
    const reachesBelow = aside < 0 || aside * aside <= limit
    const reachesAbove = aside >= 0 || aside * aside <= limit
    return (
      (this.squared(middle) <= limit && matches(this.order[middle])) ||
      (reachesBelow && this.searchWithin(from, middle, limit, matches)) ||
      (reachesAbove && this.searchWithin(middle + 1, to, limit, matches))
    )
  }
}

function exchange(values: Float64Array | Uint32Array, i: number, j: number): void {
  const value = values[i]
  values[i] = values[j]
  values[j] = value
}
