import { describe, expect, it } from 'vitest'
import { landRings } from './land'
import { landPath, placeIn, positionWords, surroundingsOf, type Surroundings } from './surroundings'

const blackForest = { west: 8, south: 47.8, east: 8.2, north: 48 }
const fiji = { west: 177, south: -19, east: -179, north: -16 }

describe('outlines of the land', () => {
  it('are closed, and lie in the world', () => {
    const rings = landRings()
    expect(rings.length).toBeGreaterThan(100)
    for (const { points, west, east, south, north } of rings) {
      expect(points.at(-1)).toEqual(points[0])
      expect(west).toBeGreaterThanOrEqual(-180.001)
      expect(east).toBeLessThanOrEqual(180.001)
      expect(south).toBeGreaterThanOrEqual(-90.001)
      expect(north).toBeLessThanOrEqual(90)
    }
  })
})

describe('the surroundings of a project', () => {
  it('have it in their middle, with a good deal around a small one', () => {
    const view = surroundingsOf(blackForest, 96, 64)
    expect(placeIn(view, 8.1, 47.9).map(Math.round)).toEqual([48, 32])
    expect(view.height / view.perLat).toBe(16)
  })

  it('hold all of a large one', () => {
    const view = surroundingsOf({ west: -70, south: -30, east: -40, north: 5 }, 96, 64)
    for (const [lon, lat] of [
      [-70, -30],
      [-40, 5],
    ] as const) {
      const [x, y] = placeIn(view, lon, lat)
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(96)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(64)
    }
  })

  it('go on across the antimeridian', () => {
    const view = surroundingsOf(fiji, 96, 64)
    expect(view.lon).toBe(179)
    expect(positionWords(view)).toBe('17.5° S, 179.0° E')
    // Vanua Levu reaches to 180 degrees; the part of it that the data keep at -180 is drawn beside it.
    expect(ringsIn(view)).toBeGreaterThan(2)
  })

  it('leave out what cannot be seen', () => {
    const view = surroundingsOf(blackForest, 96, 64)
    expect(ringsIn(view)).toBeGreaterThan(0)
    expect(ringsIn(view)).toBeLessThan(12)
  })
})

function ringsIn(view: Surroundings): number {
  return landPath(view, landRings()).split('Z').length - 1
}
