import { describe, expect, it } from 'vitest'
import { PATCH_PIXELS } from '../dataset/bands'
import { hillshade, LEVEL_LIGHT } from './hillshade'

/** A plane that rises so many metres a metre to the east and to the north. */
function plane(east: number, north: number): Float64Array {
  return Float64Array.from(
    { length: PATCH_PIXELS },
    (_, pixel) => 700 + 10 * east * (pixel % 32) - 10 * north * Math.floor(pixel / 32),
  )
}

describe('the light on a plane', () => {
  it.each([
    ['level', 0, 0, Math.SQRT1_2],
    // Turned towards the light and as steep as the light: it falls straight onto it.
    ['facing the light', Math.SQRT1_2, -Math.SQRT1_2, 1],
    ['turned away from it as steeply', -Math.SQRT1_2, Math.SQRT1_2, 0],
    ['turned away from it more steeply', -2, 2, 0],
    // The light comes from 90° to the side: cos(45°) of the slope, times the light on level ground.
    ['along it', Math.SQRT1_2, Math.SQRT1_2, 0.5],
  ])('%s', (_, east, north, expected) => {
    const light = hillshade(plane(east, north))
    for (const value of light) expect(value).toBeCloseTo(expected, 6)
  })

  it('is what LEVEL_LIGHT says where it is level', () => {
    expect(hillshade(plane(0, 0))[0]).toBeCloseTo(LEVEL_LIGHT, 6)
  })

  it('is unknown beside a pixel without altitude, and nowhere else', () => {
    const altitude = plane(0.1, 0.1)
    altitude[10 * 32 + 10] = NaN
    const unknown = [...hillshade(altitude).entries()].filter(([, value]) => Number.isNaN(value))
    expect(unknown.map(([pixel]) => pixel)).toEqual([9 * 32 + 10, 10 * 32 + 9, 10 * 32 + 11, 11 * 32 + 10])
  })
})
