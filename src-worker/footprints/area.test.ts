import fc from 'fast-check'
import pointInPolygon from 'point-in-polygon-hao'
import { describe, expect, it } from 'vitest'
import { parseArea, type AreaPolygon } from './area'
import { indexArea } from './area-index'

const SQUARE = [
  [
    [8, 47],
    [10, 47],
    [10, 49],
    [8, 49],
    [8, 47],
  ],
  [
    [8.5, 47.5],
    [9, 47.5],
    [9, 48],
    [8.5, 47.5],
  ],
]
const FAR = SQUARE.map((ring) => ring.map(([lon, lat]) => [lon + 100, lat]))
const text = (value: unknown): string => JSON.stringify(value)
const polygon = { type: 'Polygon', coordinates: SQUARE }
const multi = { type: 'MultiPolygon', coordinates: [SQUARE, FAR] }

describe('an area', () => {
  it.each([
    ['a geometry', polygon, 1],
    ['several polygons', multi, 2],
    ['a feature', { type: 'Feature', properties: null, geometry: multi }, 2],
    [
      'a collection',
      {
        type: 'FeatureCollection',
        features: [
          { type: 'Feature', geometry: polygon },
          { type: 'Feature', geometry: { type: 'GeometryCollection', geometries: [polygon, multi] } },
        ],
      },
      4,
    ],
  ])('is read from %s', (_, json, count) => {
    const area = parseArea(`\uFEFF${text(json)}`, 'area.geojson')
    expect(area).toHaveLength(count)
    expect(area[0]).toEqual(SQUARE)
  })

  it('may have heights, and rings that are not closed', () => {
    const open = {
      type: 'Polygon',
      coordinates: [SQUARE[0].slice(0, -1).map(([lon, lat]) => [lon, lat, 300])],
    }
    expect(parseArea(text(open), 'a')[0]).toEqual([SQUARE[0]])
  })

  it.each([
    ['no JSON', '{'],
    ['no GeoJSON', '{"a": 1}'],
    ['points', text({ type: 'Point', coordinates: [9, 48] })],
    ['metres', text({ type: 'Polygon', coordinates: [SQUARE[0].map(([x, y]) => [x * 1e5, y * 1e5])] })],
    ['nothing', text({ type: 'FeatureCollection', features: [] })],
    ['a ring of two points', text({ type: 'Polygon', coordinates: [SQUARE[0].slice(0, 2)] })],
  ])('is refused when it holds %s', (_, content) => {
    expect(() => parseArea(content, 'area.geojson')).toThrow(
      expect.objectContaining({ tag: 'area-invalid', file: 'area.geojson' }),
    )
  })

  it('says where coordinates are not in degrees', () => {
    const metres = { type: 'Polygon', coordinates: [SQUARE[0].map(([x, y]) => [x * 1e5, y * 1e5])] }
    expect(() => parseArea(text(metres), 'a')).toThrow(/coordinates\.0\.0: is no longitude and latitude/)
  })
})

describe('an area index', () => {
  const index = indexArea(parseArea(text(multi), 'a'))

  it('knows inside, holes, edges and the second polygon', () => {
    expect(index.extent).toEqual([8, 47, 110, 49])
    expect(index.contains(8.1, 47.1)).toBe(true)
    expect(index.contains(8.95, 47.6)).toBe(false)
    expect(index.contains(8, 48)).toBe(true)
    expect(index.contains(50, 48)).toBe(false)
    expect(index.contains(108.1, 48.9)).toBe(true)
    expect(index.contains(8.1, 50)).toBe(false)
  })

  it('agrees with the plain test along every edge for any star-shaped polygon with a hole', () => {
    const radii = fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 300 })
    const points = fc.array(
      fc.tuple(
        fc.double({ min: -1.1, max: 1.1, noNaN: true }),
        fc.double({ min: -1.1, max: 1.1, noNaN: true }),
      ),
      { minLength: 200, maxLength: 200 },
    )
    fc.assert(
      fc.property(radii, points, (star, probes) => {
        const ring = (scale: number): [number, number][] => {
          const corners = star.map((r, i): [number, number] => {
            const angle = (i / star.length) * 2 * Math.PI
            return [scale * r * Math.cos(angle), scale * r * Math.sin(angle)]
          })
          return [...corners, corners[0]]
        }
        const shape: AreaPolygon = [ring(1), ring(0.4)]
        const indexed = indexArea([shape])
        const nearEdges = ring(1).flatMap(([x, y]) =>
          [0.999999, 1, 1.000001].map((k): [number, number] => [x * k, y * k]),
        )
        for (const point of [...probes, ...nearEdges]) {
          expect(indexed.contains(...point)).toBe(pointInPolygon(point, shape) !== false)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('is exact for a border of 100,000 edges and answers quickly', () => {
    const corners = Array.from({ length: 100_000 }, (_, i): [number, number] => {
      const angle = (i / 100_000) * 2 * Math.PI
      const radius = 5 + Math.sin(angle * 40)
      return [radius * Math.cos(angle), radius * Math.sin(angle)]
    })
    const indexed = indexArea([[[...corners, corners[0]]]])
    const started = performance.now()
    let inside = 0
    for (let i = 0; i < 1000; i++) {
      for (let k = 0; k < 200; k++)
        if (indexed.contains((i + 0.5) * 0.012 - 6, (k + 0.5) * 0.06 - 6)) inside += 1
    }
    // The area within the curve is pi * (25 + 1/2); the plain test would take a minute for as many points.
    expect(Math.abs(inside * 0.012 * 0.06 - Math.PI * 25.5)).toBeLessThan(0.1)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
