import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hornSlope, steepAtCentre, TERRAIN_SIZE } from './slope'

const plane = (eastward: number, northward: number): Float64Array =>
  Float64Array.from({ length: TERRAIN_SIZE ** 2 }, (_, i) => {
    const [col, row] = [i % TERRAIN_SIZE, Math.floor(i / TERRAIN_SIZE)]
    return 500 + eastward * col * 10 - northward * row * 10
  })

describe('slope by Horn’s method', () => {
  it('of a plane is its gradient, in percent or degrees', () => {
    const gradient = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(gradient, gradient, (east, north) => {
        const out = new Float32Array(1024)
        hornSlope(plane(east, north), 'percent', out)
        const rise = Math.hypot(east, north)
        for (const value of [out[0], out[527], out[1023]]) expect(value).toBeCloseTo(100 * rise, 3)
        hornSlope(plane(east, north), 'degrees', out)
        expect(out[511]).toBeCloseTo((Math.atan(rise) * 180) / Math.PI, 4)
      }),
    )
  })

  it('rejects by the 16 centre pixels alone', () => {
    const slope = new Float32Array(1024).fill(99)
    for (let row = 14; row <= 17; row++) slope.fill(15, row * 32 + 14, row * 32 + 18)
    expect(steepAtCentre(slope, 15)).toBe(false)
    slope[17 * 32 + 17] = 15.01
    expect(steepAtCentre(slope, 15)).toBe(true)
  })
})
