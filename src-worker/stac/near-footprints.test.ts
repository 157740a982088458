import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gridBounds } from '../catalog/grid-outline'
import { utmProjection } from '../raster/projection'
import { FootprintExtents } from './footprint-extents'
import { NearFootprints } from './near-footprints'

function near(lon: number, lat: number): NearFootprints {
  const extents = new FootprintExtents()
  extents.add(lon, lat, 0)
  return new NearFootprints(extents.sorted())
}

const part = fc.double({ min: 0.01, max: 0.99, noNaN: true })

describe('items near footprints', () => {
  it('are those whose tile holds one, wherever in it their data lie', () => {
    const zone = fc.integer({ min: 1, max: 60 })
    const lat = fc.double({ min: 0, max: 80, noNaN: true })
    fc.assert(
      fc.property(zone, lat, fc.array(part, { minLength: 6, maxLength: 6 }), (number, north, parts) => {
        const epsg = 32600 + number
        const projection = utmProjection(epsg)
        const [across, down, left, above, width, height] = parts
        const place = [number * 6 - 183 + (across - 0.5) * 6, north] as const
        const [x, y] = projection.forward(...place)
        const tile = { x0: x - across * 109_800, y0: y + down * 109_800 }
        const data = {
          x0: tile.x0 + left * 100_000,
          y0: tile.y0 - above * 100_000,
          width: Math.max(1, Math.floor((1 - left) * width * 10_000)),
          height: Math.max(1, Math.floor((1 - above) * height * 10_000)),
        }
        expect(near(...place).mayConcern({ bbox: gridBounds(epsg, data) })).toBe(true)
      }),
    )
  })

  it('are not those of a whole tile that ends before it, nor of a part that lies too far away', () => {
    const footprint = near(9.1, 48.1)
    expect(footprint.mayConcern({ bbox: [9.35, 47.8, 10.9, 48.8] })).toBe(false)
    expect(footprint.mayConcern({ bbox: [8.2, 46.9, 9.8, 47.95] })).toBe(false)
    expect(footprint.mayConcern({ bbox: [9.3, 47.0, 9.4, 47.02] })).toBe(false)
    expect(footprint.mayConcern({ bbox: [9.3, 47.1, 9.4, 47.12] })).toBe(true)
  })

  it('are all that do not say where they lie', () => {
    expect(near(0, 0).mayConcern({ bbox: null })).toBe(true)
    expect(near(0, 0).mayConcern('no item')).toBe(true)
  })
})
