import { VectorTile } from '@mapbox/vector-tile'
import fc from 'fast-check'
import { PbfReader } from 'pbf'
import { describe, expect, it } from 'vitest'
import { EXTENT, VectorTileLayer } from './vector-tile'

describe('a vector tile layer, read by the library of the map', () => {
  const unit = fc.integer({ min: -64, max: EXTENT + 64 })
  const properties = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 5 }),
    fc.oneof(fc.nat(), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), fc.double({ noNaN: true })),
  )

  it('has the points, ids and properties that were written', () => {
    const point = fc.record({ id: fc.integer({ min: 0, max: 2 ** 40 }), x: unit, y: unit, properties })
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 40 }), (points) => {
        const writer = new VectorTileLayer<Record<string, number>>('points')
        for (const { id, x, y, properties: tags } of points) {
          for (const [key, value] of Object.entries(tags)) writer.tag(key, value)
          writer.point(id, x, y)
        }
        const layer = new VectorTile(new PbfReader(writer.tile())).layers.points
        expect([layer.version, layer.extent, layer.length]).toEqual([2, EXTENT, points.length])
        for (const [index, { id, x, y, properties: tags }] of points.entries()) {
          const feature = layer.feature(index)
          expect([feature.id, feature.type]).toEqual([id, 1])
          expect(feature.loadGeometry().map((ring) => ring.map((p) => [p.x, p.y]))).toEqual([[[x, y]]])
          // -0 and 0 are one number to the map.
          expect(Object.entries(feature.properties)).toHaveLength(Object.keys(tags).length)
          for (const [key, value] of Object.entries(tags))
            expect(feature.properties[key] === value).toBe(true)
        }
      }),
    )
  })

  it('has squares as closed rings, clockwise on the screen', () => {
    const writer = new VectorTileLayer<Record<string, number>>('density')
    writer.tag('count', 3)
    writer.square(64, 128, 64)
    const feature = new VectorTile(new PbfReader(writer.tile())).layers.density.feature(0)
    expect([feature.id, feature.type, feature.properties]).toEqual([undefined, 3, { count: 3 }])
    expect(feature.loadGeometry().map((ring) => ring.map((p) => [p.x, p.y]))).toEqual([
      [
        [64, 128],
        [128, 128],
        [128, 192],
        [64, 192],
        [64, 128],
      ],
    ])
  })
})
