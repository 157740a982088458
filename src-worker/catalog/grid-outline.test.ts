import fc from 'fast-check'
import proj4 from 'proj4'
import { describe, expect, it } from 'vitest'
import { gridBounds } from './grid-outline'

/** Degrees from `west` eastwards to `lon`, 0 to 360. */
const eastOf = (west: number, lon: number): number => (((lon - west) % 360) + 360) % 360

describe('gridBounds', () => {
  it('holds every point of the raster, and each of its sides is reached by one', () => {
    const raster = fc.record({
      zone: fc.constantFrom(1, 32, 60),
      south: fc.boolean(),
      x0: fc.integer({ min: 100_000, max: 700_000 }),
      northing: fc.integer({ min: 0, max: 9_200_000 }),
      width: fc.integer({ min: 100, max: 20_000 }),
      height: fc.integer({ min: 100, max: 20_000 }),
    })
    fc.assert(
      fc.property(raster, ({ zone, south, x0, northing, width, height }) => {
        const y0 = south ? 10_000_000 - northing : northing
        const [west, lower, east, upper] = gridBounds((south ? 32700 : 32600) + zone, {
          x0,
          y0,
          width,
          height,
        })
        const inverse = proj4(`+proj=utm +zone=${zone} ${south ? '+south' : ''} +datum=WGS84`, 'EPSG:4326')
        const extent = eastOf(west, east)
        const reach = { west: 360, east: 0, lower: 90, upper: -90 }
        for (let i = 0; i <= 50; i++) {
          for (let j = 0; j <= 50; j++) {
            const [lon, lat] = inverse.forward([x0 + (width * i) / 5, y0 - (height * j) / 5])
            // What lies a hair west of the western side counts as there.
            const place = eastOf(west - 0.001, lon) - 0.001
            reach.west = Math.min(reach.west, place)
            reach.east = Math.max(reach.east, place)
            reach.lower = Math.min(reach.lower, lat)
            reach.upper = Math.max(reach.upper, lat)
          }
        }
        expect(Math.abs(reach.west)).toBeLessThan(0.001)
        expect(Math.abs(reach.east - extent)).toBeLessThan(0.001)
        expect(Math.abs(reach.lower - lower)).toBeLessThan(0.001)
        expect(Math.abs(reach.upper - upper)).toBeLessThan(0.001)
      }),
      { numRuns: 60 },
    )
  })

  it('puts west above east across the antimeridian', () => {
    const [x, y] = proj4('EPSG:4326', 'EPSG:32760').forward([180, -17])
    const [west, , east] = gridBounds(32760, {
      x0: Math.round(x) - 5000,
      y0: Math.round(y),
      width: 1000,
      height: 1000,
    })
    expect(west).toBeGreaterThan(179.9)
    expect(east).toBeLessThan(-179.9)
  })

  it('takes all longitudes where a pole lies in the raster', () => {
    for (const [epsg, lat] of [
      [32610, 90],
      [32710, -90],
    ]) {
      const [x, y] = proj4('EPSG:4326', `EPSG:${epsg}`).forward([-123, lat])
      const bounds = gridBounds(epsg, { x0: x - 20_000, y0: y + 30_000, width: 5000, height: 6000 })
      expect([bounds[0], bounds[2]]).toEqual([-180, 180])
      expect(bounds[lat > 0 ? 3 : 1]).toBe(lat)
    }
  })
})
