import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acrossSpacings } from './mixed-spacing'
import type { PatchPixels } from './tile-patch'

/** Longitude and latitude of the seam, in arc seconds: fine pixels of 1 lie south of it, coarse ones of 1.5 north. */
const SEAM = 50 * 3600
const ROWS = 12

type Ground = (lon: number, lat: number) => number

/** A patch of pixels `width` arc seconds wide with the ground at their centres, missing on the other side of the seam. */
function patch(
  width: number,
  north: boolean,
  at: readonly (readonly [number, number])[],
  ground: Ground,
): PatchPixels {
  const [columns, left, top] = [Math.ceil(40 / width), -6 * width, SEAM + ROWS / 2 + 0.5]
  const pixels = Float64Array.from({ length: columns * ROWS }, (_, i) => {
    const lat = top - Math.floor(i / columns) - 0.5
    return lat > SEAM === north ? ground(left + ((i % columns) + 0.5) * width, lat) : NaN
  })
  return {
    rect: { col: 0, row: 0, width: columns, height: ROWS },
    cols: Float64Array.from(at, ([lon]) => (lon - left) / width),
    rows: Float64Array.from(at, ([, lat]) => top - lat),
    pixels,
  }
}

function interpolate(at: readonly (readonly [number, number])[], ground: Ground): Float32Array | null {
  const layers = [patch(1, false, at, ground), patch(1.5, true, at, ground)]
  const out = new Float32Array(at.length)
  return acrossSpacings(layers, out) ? out : null
}

const position = fc.tuple(
  fc.double({ min: 0, max: 20, noNaN: true }),
  fc.double({ min: SEAM - 4, max: SEAM + 4, noNaN: true }),
)

describe('altitude where the spacing of the DEM’s pixels changes', () => {
  it('of a plane is the plane, on both sides of the seam and on it', () => {
    const gradient = fc.double({ min: -5, max: 5, noNaN: true })
    fc.assert(
      fc.property(fc.array(position, { minLength: 1 }), gradient, gradient, (at, east, north) => {
        const plane: Ground = (lon, lat) => 300 + east * lon + north * (lat - SEAM)
        const altitudes = interpolate(at, plane)
        for (const [i, [lon, lat]] of at.entries()) expect(altitudes?.[i]).toBeCloseTo(plane(lon, lat), 3)
      }),
    )
  })

  it('is missing where the pixel that holds the position is, and taken from the nearest beside that', () => {
    const ground: Ground = (_, lat) => (lat > SEAM + 1.2 ? NaN : lat > SEAM ? 20 : 10)
    expect(interpolate([[5, SEAM + 1.9]], ground)).toBeNull()
    expect(interpolate([[5, SEAM + 1.4]], ground)).toEqual(Float32Array.of(20))
    expect(interpolate([[5, SEAM + 0.5]], ground)).toEqual(Float32Array.of(15))
  })
})
