import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boxBetween, eastOf, turnsTowards, wrapLongitude } from './geometry'

describe('a drawn box', () => {
  it('is the same whichever corner the drag began at', () => {
    const corners = [
      { lon: 8.63, lat: 48.2 },
      { lon: 7.91, lat: 48.91 },
    ] as const
    expect(boxBetween(corners[0], corners[1], 2)).toEqual([7.91, 48.2, 8.63, 48.91])
    expect(boxBetween(corners[1], corners[0], 2)).toEqual([7.91, 48.2, 8.63, 48.91])
  })

  it('across the antimeridian has its west above its east', () => {
    expect(boxBetween({ lon: 179, lat: -20 }, { lon: 182, lat: -15 }, 1)).toEqual([179, -20, -178, -15])
  })

  it('around the whole Earth is cut to it', () => {
    expect(boxBetween({ lon: -300, lat: -95 }, { lon: 200, lat: 95 }, 0)).toEqual([-180, -90, 180, 90])
  })

  it('without height or width is none', () => {
    expect(boxBetween({ lon: 8.001, lat: 48 }, { lon: 8.002, lat: 49 }, 2)).toBeNull()
    expect(boxBetween({ lon: 8, lat: 48 }, { lon: 9, lat: 48 }, 2)).toBeNull()
  })
})

it('longitudes wrap into -180 to 180 and stay the same place', () => {
  fc.assert(
    fc.property(fc.double({ min: -2000, max: 2000, noNaN: true }), (lon) => {
      const wrapped = wrapLongitude(lon)
      expect(Math.abs(wrapped)).toBeLessThanOrEqual(180)
      expect(Math.cos(((wrapped - lon) * Math.PI) / 180)).toBeCloseTo(1)
    }),
  )
})

it('the east of a range counts on across the antimeridian', () => {
  expect(eastOf(170, -170)).toBe(190)
  expect(eastOf(-10, 10)).toBe(10)
})

it('turns bring a longitude next to the centre of the map', () => {
  expect(179 + turnsTowards(179, -175)).toBe(-181)
  expect(5 + turnsTowards(5, 10)).toBe(5)
})
