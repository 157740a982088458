import { expect, it } from 'vitest'
import { boundsOf } from './bounds'

const bounds = (...positions: [lon: number, lat: number][]): ReturnType<typeof boundsOf> =>
  boundsOf(
    Float64Array.from(positions, ([lon]) => lon),
    Float64Array.from(positions, ([, lat]) => lat),
    positions.length,
  )

it('bounds are the smallest box around all positions', () => {
  expect(bounds([9, 48], [-3, 50], [4, -12])).toEqual({ west: -3, south: -12, east: 9, north: 50 })
  expect(bounds([9, 48])).toEqual({ west: 9, south: 48, east: 9, north: 48 })
  expect(bounds()).toBeNull()
})

it('bounds cross the antimeridian where that is shorter', () => {
  expect(bounds([179, 1], [-178, 2])).toEqual({ west: 179, south: 1, east: -178, north: 2 })
  expect(bounds([180, 0], [-180, 0], [175, 0])).toMatchObject({ west: 175, east: 180 })
})
