import { createHash } from 'node:crypto'

/** What the samples are put in order by, in the order of the subset. */
export interface OrderKeys {
  /** Shot numbers. */
  shots: BigInt64Array
  /** Latitude and longitude of each, degrees. */
  latLon: Float32Array
}

/** Steps of the curve, so that a place on it fits a float64 exactly: cells of about 0.6 m by 0.3 m. */
const CURVE_STEPS = 26

/**
 * Places of samples along a Hilbert curve over longitude and latitude, so that neighbours in the file are neighbours on the
 * ground; of the same cell, and on both sides of 180 degrees, by shot number.
 * @returns the place of each sample
 */
export function spatialOrder({ shots, latLon }: OrderKeys): Uint32Array {
  const side = 2 ** CURVE_STEPS
  const cell = (share: number): number => Math.min(side - 1, Math.max(0, Math.floor(share * side)))
  const keys = Float64Array.from(shots, (_, i) =>
    hilbertPlace(cell((latLon[2 * i + 1] + 180) / 360), cell((latLon[2 * i] + 90) / 180)),
  )
  return placesBy((a, b) => keys[a] - keys[b] || compare(shots[a], shots[b]), shots.length)
}

/**
 * Places of samples in an order that follows from the seed and the shot numbers alone: by the lower 64 bits of the MD5 of
 * purpose, seed and shot number, as DuckDB's md5_number_lower gives them, with which the tables are shuffled.
 * @returns the place of each sample
 */
export function randomOrder({ shots }: OrderKeys, seed: number): Uint32Array {
  const keys = BigUint64Array.from(shots, (shot) =>
    createHash('md5').update(`fuse:${seed}:${shot}`).digest().readBigUInt64LE(8),
  )
  return placesBy((a, b) => compare(keys[a], keys[b]) || compare(shots[a], shots[b]), shots.length)
}

/**
 * How far along the Hilbert curve a cell lies, by turning the square quarter by quarter (D. Hilbert, "Ueber die stetige
 * Abbildung einer Linie auf ein Flaechenstueck", 1891).
 */
export function hilbertPlace(x: number, y: number, steps = CURVE_STEPS): number {
  let place = 0
  for (let side = 2 ** (steps - 1); side >= 1; side /= 2) {
    const right = x >= side ? 1 : 0
    const upper = y >= side ? 1 : 0
    place = place * 4 + (upper === 1 ? 1 + (right === 1 ? 1 : 0) : right === 1 ? 3 : 0)
    x -= right * side
    y -= upper * side
    // Within the lower quarters the curve is mirrored along a diagonal.
    if (upper === 0) {
      const before = x
      x = right === 1 ? side - 1 - y : y
      y = right === 1 ? side - 1 - before : before
    }
  }
  return place
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function placesBy(before: (a: number, b: number) => number, count: number): Uint32Array {
  const sorted = Uint32Array.from({ length: count }, (_, i) => i).sort(before)
  const places = new Uint32Array(count)
  sorted.forEach((sample, place) => {
    places[sample] = place
  })
  return places
}
