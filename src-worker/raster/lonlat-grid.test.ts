import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { continueLongitude, lonLatGrid, lonLatSquare } from './lonlat-grid'
import { utmProjection } from './projection'

describe('positions of a window’s pixel centres', () => {
  it('agree with projecting every pixel to 0.1 mm, anywhere in a zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        fc.double({ min: 166_000, max: 834_000, noNaN: true }),
        fc.double({ min: 1000, max: 9_300_000, noNaN: true }),
        (zone, south, x, y) => {
          const projection = utmProjection((south ? 32700 : 32600) + zone)
          const top = south ? 10_000_000 - y : y
          const grid = lonLatGrid(lonLatSquare(projection, x, top, 34, 10))
          for (const [col, row] of [
            [0, 0],
            [5, 9],
            [16, 17],
            [24, 8],
            [33, 33],
            [10, 30],
          ]) {
            const [lon, lat] = projection.inverse(x + (col + 0.5) * 10, top - (row + 0.5) * 10)
            const i = row * 34 + col
            const metres = Math.hypot(
              (continueLongitude(grid.lon[i], lon) - lon) * 111_320 * Math.cos((lat * Math.PI) / 180),
              (grid.lat[i] - lat) * 111_320,
            )
            expect(metres).toBeLessThan(1e-4)
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('run on beyond 180 degrees across the antimeridian', () => {
    const projection = utmProjection(32601)
    const [x, y] = projection.forward(-180, 10)
    const { lon } = lonLatGrid(lonLatSquare(projection, x - 170, y + 170, 34, 10))
    expect(Math.max(...lon) - Math.min(...lon)).toBeLessThan(0.01)
  })
})
