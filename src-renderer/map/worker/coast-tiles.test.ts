import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { describe, expect, it } from 'vitest'
import coarseWorld from 'world-atlas/countries-50m.json?raw'
import fineWorld from 'world-atlas/countries-10m.json?raw'
import { CoastTiles } from './coast-tiles'

const coarse = new CoastTiles(JSON.parse(coarseWorld))

const layers = (tiles: CoastTiles, z: number, x: number, y: number) =>
  new VectorTile(new PbfReader(tiles.tile({ z, x, y }))).layers

describe('tiles of coasts', () => {
  it('hold land and borders of the whole Earth', () => {
    expect(Object.keys(layers(coarse, 0, 0, 0)).toSorted()).toEqual(['borders', 'land'])
  })

  it('hold land without coast inside a continent', () => {
    const { land } = layers(coarse, 8, 134, 88)
    const [[ring]] = [land.feature(0).loadGeometry()]
    const xs = ring.map(({ x }) => x)
    expect(Math.min(...xs)).toBeLessThanOrEqual(0)
    expect(Math.max(...xs)).toBeGreaterThanOrEqual(land.extent)
  })

  it('are empty in the middle of the ocean', () => {
    expect(layers(coarse, 6, 2, 40)).toEqual({})
  })

  it('show more of a coast at the finer scale', () => {
    const points = (tiles: CoastTiles): number =>
      layers(tiles, 6, 33, 18)
        .land.feature(0)
        .loadGeometry()
        .reduce((sum, ring) => sum + ring.length, 0)
    expect(points(new CoastTiles(JSON.parse(fineWorld)))).toBeGreaterThan(1.5 * points(coarse))
  })

  it('cannot be made from something else', () => {
    expect(() => new CoastTiles({ type: 'FeatureCollection', features: [] })).toThrow(/world-atlas/)
  })
})
