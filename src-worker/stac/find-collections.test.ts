import { describe, expect, it } from 'vitest'
import { findCollections } from './find-collections'
import type { Layer } from './providers'

const named = (...ids: string[]): { id: string; title: string }[] => ids.map((id) => ({ id, title: '' }))

describe('collections of a STAC API', () => {
  it.each<[Layer, string[], string[]]>([
    ['scenes', ['sentinel-2-l2a', 'sentinel-2-l1c', 'landsat-c2-l2'], ['sentinel-2-l2a']],
    [
      'scenes',
      ['sentinel-2-pre-c1-l2a', 'sentinel-2-l2a', 'sentinel-2-c1-l2a'],
      ['sentinel-2-l2a', 'sentinel-2-c1-l2a'],
    ],
    ['scenes', ['sentinel-s2-l2a-cogs'], ['sentinel-s2-l2a-cogs']],
    ['scenes', ['S2_L2A_COG', 'S2_L1C', 'SENTINEL-2-L2A-mosaic'], ['S2_L2A_COG']],
    ['scenes', ['sentinel-3-olci'], []],
    ['dem', ['cop-dem-glo-30', 'cop-dem-glo-90'], ['cop-dem-glo-30']],
    ['dem', ['COP-DEM_GLO-90', 'COP-DEM_GLO-30-DGED'], ['COP-DEM_GLO-30-DGED']],
    ['landcover', ['esa-worldcover'], ['esa-worldcover']],
    ['landcover', ['esa.worldcover.2021', 'io-lulc'], ['esa.worldcover.2021']],
  ])('of %s among %j', (layer, ids, expected) => {
    expect(findCollections(named(...ids), layer)).toEqual(expected)
  })

  it('are recognised by their titles where the ids say nothing', () => {
    const all = [
      { id: 'a', title: 'Sentinel-2 Level-2A' },
      { id: 'b', title: 'Sentinel-2 Level-1C' },
      { id: 'c', title: 'Copernicus DEM GLO-30' },
      { id: 'd', title: 'ESA WorldCover' },
    ]
    expect(findCollections(all, 'scenes')).toEqual(['a'])
    expect(findCollections(all, 'dem')).toEqual(['c'])
    expect(findCollections(all, 'landcover')).toEqual(['d'])
  })
})
