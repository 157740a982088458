import type { BoundingBox } from '../../src-shared/settings/field'
import { FILL_VALUE } from '../footprints/shot-columns'

// Each function here writes for every row 1 where it fails a filter, otherwise 0. The loops have no branches: what
// passes is random from row to row, and a processor that guesses wrong takes twice as long.

/** Fails flags other than 1. */
export function failNotOne(failed: Uint8Array, flags: Uint8Array): void {
  for (let row = 0; row < failed.length; row++) failed[row] = Number(flags[row] !== 1)
}

/** Fails values that are not in a list. */
export function failUnlisted(
  failed: Uint8Array,
  values: Uint8Array | Uint16Array,
  listed: readonly number[],
): void {
  const table = new Uint8Array(2 ** 16).fill(1)
  for (const value of listed) table[value] = 0
  for (let row = 0; row < failed.length; row++) failed[row] = table[values[row]]
}

/** Fails the footprints of origins that are marked by 1. */
export function failOrigins(failed: Uint8Array, origin: Uint32Array, marks: Uint8Array): void {
  for (let row = 0; row < failed.length; row++) failed[row] = marks[origin[row]]
}

/** Fails the footprints of origins that are marked by 1, beside those that failed before. */
export function failOriginsToo(failed: Uint8Array, origin: Uint32Array, marks: Uint8Array): void {
  if (!marks.includes(1)) return
  for (let row = 0; row < failed.length; row++) failed[row] |= marks[origin[row]]
}

/** Fails biomass that is not finite or the fill value. */
export function failMissing(failed: Uint8Array, agbd: Float32Array): void {
  for (let row = 0; row < failed.length; row++) {
    const value = agbd[row]
    failed[row] = Number(!(Math.abs(value) < Infinity)) | Number(value === FILL_VALUE)
  }
}

/** Fails biomass of 0 and less. */
export function failNotPositive(failed: Uint8Array, agbd: Float32Array): void {
  for (let row = 0; row < failed.length; row++) failed[row] = Number(!(agbd[row] > 0))
}

/** Fails a relative standard error that is missing or at least `limit`; the quotient is one of float64. */
export function failUncertain(
  failed: Uint8Array,
  agbd: Float32Array,
  agbdSe: Float32Array,
  limit: number,
): void {
  for (let row = 0; row < failed.length; row++) {
    const error = agbdSe[row]
    failed[row] =
      Number(!(error / agbd[row] < limit)) |
      Number(!(Math.abs(error) < Infinity)) |
      Number(error === FILL_VALUE)
  }
}

/** Fails what lies outside of closed limits, which are rounded to float32; values that are not finite fail. */
export function failOutside(failed: Uint8Array, values: Float32Array, low: number, high: number): void {
  const [from, to] = [Math.fround(low), Math.fround(high)]
  for (let row = 0; row < failed.length; row++) {
    const value = values[row]
    failed[row] = Number(!(value >= from)) | Number(!(value <= to)) | Number(!(Math.abs(value) < Infinity))
  }
}

/** Fails a solar elevation of the other half of the day, and one that is missing. */
export function failOtherLight(failed: Uint8Array, elevation: Float32Array, wanted: 'day' | 'night'): void {
  if (wanted === 'day') {
    failOutside(failed, elevation, 0, 90)
    return
  }
  for (let row = 0; row < failed.length; row++) {
    failed[row] = Number(!(elevation[row] >= -90)) | Number(!(elevation[row] < 0))
  }
}

/** Fails what lies outside of a box; west above east crosses the antimeridian. */
export function failOutsideBox(
  failed: Uint8Array,
  lon: Float64Array,
  lat: Float64Array,
  [west, south, east, north]: BoundingBox,
): void {
  // The box over the antimeridian holds what lies east of its west or west of its east; other boxes what does both.
  const least = west > east ? 1 : 2
  for (let row = 0; row < failed.length; row++) {
    const sides = Number(lon[row] >= west) + Number(lon[row] <= east)
    failed[row] = Number(sides < least) | Number(lat[row] < south) | Number(lat[row] > north)
  }
}

/** Fails rows that are not marked by 1. */
export function failUnmarked(failed: Uint8Array, marks: Uint8Array): void {
  for (let row = 0; row < failed.length; row++) failed[row] = Number(marks[row] !== 1)
}
