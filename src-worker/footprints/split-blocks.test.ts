import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SplitBlocks, type BlockSettings } from './split-blocks'

const blocksOf = (settings: Partial<BlockSettings>): SplitBlocks =>
  new SplitBlocks({ splitBlocks: 10, splitTestShare: 0.5, splitBuffer: null, seed: 0, ...settings })

/** Distance of near points on a sphere of the smallest and the largest radius of the Earth, km (haversine). */
function distances(a: [number, number], b: [number, number]): [least: number, most: number] {
  const [lon, lat, lon2, lat2] = [...a, ...b].map((value) => (value * Math.PI) / 180)
  const h = Math.sin((lat2 - lat) / 2) ** 2 + Math.cos(lat) * Math.cos(lat2) * Math.sin((lon2 - lon) / 2) ** 2
  const angle = 2 * Math.asin(Math.sqrt(h))
  return [6335 * angle, 6400 * angle]
}

const place = fc.record({
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -70, max: 70, noNaN: true }),
})

describe('blocks', () => {
  it('have edges of at least the length asked for, and no more than a little longer', () => {
    const blocks = blocksOf({ splitBlocks: 10 })
    for (const [lon, lat] of [
      [9, 47],
      [-60, -3],
      [100, 51],
    ]) {
      const [row, column] = blocks.blockAt(lon, lat)
      const isInside = (x: number, y: number): boolean => blocks.blockAt(x, y).join() === `${row},${column}`
      const steps = Array.from({ length: 4000 }, (_, i) => (i - 2000) * 0.0001)
      const metres = 111_195 * 0.0001
      const height = steps.filter((step) => isInside(lon, lat + step)).length * metres
      const width =
        steps.filter((step) => isInside(lon + step, lat)).length * metres * Math.cos((lat * Math.PI) / 180)
      expect(height / 1000).toBeGreaterThan(9.9)
      expect(height / 1000).toBeLessThan(10.2)
      expect(width / 1000).toBeGreaterThan(9.9)
      expect(width / 1000).toBeLessThan(10.3)
    }
  })

  it('go on over the antimeridian', () => {
    const blocks = blocksOf({})
    expect(blocks.blockAt(180, 10)).toEqual(blocks.blockAt(-180, 10))
    expect(blocks.blockAt(-180, 10)[1]).toBe(0)
    expect(blocks.blockAt(179.999, 10)[1]).toBeGreaterThan(3000)
  })

  it('go to test in the share asked for, and elsewhere by another seed', () => {
    const share = (settings: Partial<BlockSettings>): number => {
      const blocks = blocksOf(settings)
      const all = Array.from({ length: 10_000 }, (_, i) => blocks.splitOf(Math.floor(i / 100), i % 100))
      return all.filter((split) => split === 'test').length / all.length
    }
    // Four standard errors of a share of 10,000.
    expect(Math.abs(share({ splitTestShare: 0.25 }) - 0.25)).toBeLessThan(0.0174)
    expect(Math.abs(share({ splitTestShare: 0.9 }) - 0.9)).toBeLessThan(0.012)
    const row = (seed: number): string =>
      Array.from({ length: 64 }, (_, column) => blocksOf({ seed }).splitOf(5, column)).join()
    expect(row(1)).toBe(row(1))
    expect(row(1)).not.toBe(row(2))
  })
})

describe('the buffer', () => {
  it('takes every place that has the other split nearer than it, and no place that is clearly further', () => {
    fc.assert(
      fc.property(
        place,
        fc.double({ min: 0.01, max: 0.4, noNaN: true }),
        fc.constantFrom(1, 10, 100),
        fc.integer({ min: 0, max: 50 }),
        ({ lon, lat }, part, splitBlocks, seed) => {
          const buffer = part * splitBlocks
          const blocks = blocksOf({ splitBlocks, splitBuffer: 1000 * buffer, seed })
          const own = blocks.splitOf(...blocks.blockAt(lon, lat))
          // Rings around the place, looked at without the buffer.
          let nearest = Infinity
          let farthest = 0
          for (let ring = 1; ring <= 24; ring++) {
            for (let turn = 0; turn < 96; turn++) {
              const [angle, radius] = [(turn * Math.PI) / 48, (1.06 * buffer * ring) / 24]
              const y = lat + (radius * Math.sin(angle)) / 111
              const x = lon + (radius * Math.cos(angle)) / (111 * Math.cos((lat * Math.PI) / 180))
              if (blocks.splitOf(...blocks.blockAt(x, y)) === own) continue
              const [least, most] = distances([lon, lat], [x, y])
              nearest = Math.min(nearest, most)
              farthest = Math.max(farthest, least)
            }
          }
          const dropped = blocks.splitAt(lon, lat) === null
          if (nearest < buffer) expect(dropped).toBe(true)
          // Within 6 % more there was no place of the other split at all.
          if (farthest === 0) expect(dropped).toBe(false)
          if (!dropped) expect(blocks.splitAt(lon, lat)).toBe(own)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is none where none is asked for', () => {
    const blocks = blocksOf({ splitBlocks: 1 })
    for (let i = 0; i < 2000; i++) expect(blocks.splitAt(9 + i * 0.0001, 47 + i * 0.0001)).not.toBeNull()
  })
})
