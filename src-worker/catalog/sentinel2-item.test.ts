import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { realFile } from '../../e2e/tools'
import { BAND_NAMES } from '../../src-shared/dataset/bands'
import { StudioError } from '../../src-shared/errors/studio-error'
import { classifyItem } from './classify'
import { earthSearchItem, planetaryComputerItem, type ItemJson } from './item-fixtures'
import { completeScene, parseSentinel2Item, type SceneDraft } from './sentinel2-item'
import { parseStacItem } from './stac-schema'

const parse = (item: unknown): SceneDraft => parseSentinel2Item(parseStacItem(item), (href) => `/at/${href}`)

function errorOf(run: () => unknown): StudioError {
  try {
    run()
  } catch (error) {
    if (error instanceof StudioError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

const reflectance = (offset: number): number[] => BAND_NAMES.map((band) => (band === 'SCL' ? 0 : offset))

describe('parseSentinel2Item', () => {
  it('reads an item of Planetary Computer', () => {
    const draft = parse(planetaryComputerItem())
    expect(draft).toMatchObject({
      id: 'S2A_MSIL2A_20200604T102031_R065_T32TNT_20200604T141145',
      product: 'S2A_MSIL2A_20200604T102031_N0214_R065_T32TNT_20200604T141145',
      datetime: Date.UTC(2020, 5, 4, 10, 20, 31, 24),
      cloudCover: 11.25,
      baseline: 2.14,
      addOffsets: reflectance(0),
      grid: { epsg: 32632, x0: 499_980, y0: 5_400_000, width: 10_980, height: 10_980 },
    })
    expect(draft.bands.B8A).toBe('/at/./bands/B8A_20m.tif')
  })

  it('reads the same from the keys of Earth Search', () => {
    const [pc, es] = [parse(planetaryComputerItem()), parse(earthSearchItem())]
    expect({ ...es, id: pc.id }).toEqual(pc)
  })

  it('reads the same from titles, where keys and bands say nothing', () => {
    const item = planetaryComputerItem()
    const title = (band: string): string => {
      if (band === 'SCL') return 'Scene classification map (SCL)'
      if (band === 'B02' || band === 'B8A') return band
      return `Band ${band.slice(1).replace(/^0/, '')} - whatever - 10m`
    }
    const assets = BAND_NAMES.map(
      (band, i) => [`file${i}`, { ...item.assets[band], title: title(band) }] as const,
    )
    const preview = {
      href: 'x.tif',
      title: 'True color image',
      'eo:bands': [{ name: 'B04' }, { name: 'B03' }],
    }
    expect(parse({ ...item, assets: { preview, ...Object.fromEntries(assets) } })).toEqual(parse(item))
  })

  it.each([
    ['02.14', {}, 0],
    ['03.01', {}, 0],
    ['04.00', {}, -1000],
    ['05.10', {}, -1000],
    ['05.10', { 'earthsearch:boa_offset_applied': true }, 0],
    ['05.10', { 'earthsearch:boa_offset_applied': false }, -1000],
    [5.1, {}, -1000],
  ])('takes baseline %s with %j to need an offset of %d', (baseline, properties, offset) => {
    const item = planetaryComputerItem({ 's2:processing_baseline': baseline, ...properties })
    expect(parse(item).addOffsets).toEqual(reflectance(offset))
  })

  it('takes the baseline from the product name, then from processing:software that looks like one', () => {
    const uri = 'S2A_MSIL2A_20200604T102031_N0500_R065_T32TNT_20230604T141145.SAFE'
    const byName = planetaryComputerItem({ 's2:processing_baseline': undefined, 's2:product_uri': uri })
    expect(parse(byName)).toMatchObject({ baseline: 5, addOffsets: reflectance(-1000) })
    const none = { 's2:processing_baseline': undefined, 's2:product_uri': undefined }
    const software = (version: string): SceneDraft =>
      parse(earthSearchItem({ ...none, 'processing:software': { tool: '2025.03.06', esa: version } }))
    expect(software('05.10').baseline).toBe(5.1)
    expect(software('v2025.06').baseline).toBeNull()
  })

  it('judges by date and collection where the baseline is unknown', () => {
    const none = { 's2:processing_baseline': undefined, 's2:product_uri': undefined }
    expect(parse(earthSearchItem(none)).addOffsets).toEqual(reflectance(0))
    const late = earthSearchItem({ ...none, datetime: '2022-01-25T00:00:00Z' })
    expect(parse(late)).toMatchObject({ baseline: null, addOffsets: reflectance(-1000) })
    const collection1 = { ...earthSearchItem(none), collection: 'sentinel-2-c1-l2a' }
    expect(parse(collection1).addOffsets).toEqual(reflectance(-1000))
  })

  it('builds the product name of a Planetary Computer id that lacks the baseline', () => {
    expect(parse(planetaryComputerItem({ 's2:product_uri': undefined })).product).toBe(
      'S2A_MSIL2A_20200604T102031_N0214_R065_T32TNT_20200604T141145',
    )
  })

  it('prefers GeoTIFF where an item has JPEG 2000 as well, whatever their order', () => {
    const item = earthSearchItem()
    const jp2 = (href: string): Record<string, unknown> => ({
      href,
      type: 'image/jp2',
      gsd: 10,
      'eo:bands': [{ name: 'B02', common_name: 'blue' }],
    })
    item.assets = { 'blue-jp2': jp2('s3://x/B02.jp2'), ...item.assets, B02: jp2('s3://x/B02b.jp2') }
    expect(parse(item).bands.B02).toBe('/at/./bands/B02_10m.tif')
  })

  it('takes JPEG 2000 where an item has nothing else, by extension or media type', () => {
    const item = planetaryComputerItem()
    for (const asset of Object.values(item.assets)) asset.href = String(asset.href).replace('.tif', '.jp2')
    item.assets.B03 = { ...item.assets.B03, href: 'https://host/B03', type: 'image/jp2' }
    const { bands } = parse(item)
    expect(bands.B02).toMatch(/B02_10m\.jp2$/)
    expect(bands.B03).toBe('/at/https://host/B03')
  })

  it('says so where bands are there only as JPEG 2000 in buckets that want payment or credentials', () => {
    const item = planetaryComputerItem()
    for (const asset of Object.values(item.assets)) asset.href = `s3://eodata/${String(asset.href)}.jp2`
    const error = errorOf(() => parse(item))
    expect(error).toMatchObject({ tag: 'scene-incomplete', context: { item: item.id } })
    expect(error.message).toContain('only as JPEG 2000 in a bucket that is not public')
  })

  it('takes the asset at the resolution of the band where a catalog has several', () => {
    const item = planetaryComputerItem()
    item.assets = Object.fromEntries(
      Object.entries(item.assets).flatMap(([band, asset]) =>
        [60, 20, 10].map((metres) => [
          `${band}_${metres}m`,
          {
            href: `${band}_${metres}m.tif`,
            type: asset.type,
            'proj:shape': [109_800 / metres, 109_800 / metres],
            'proj:transform': [metres, 0, 499_980, 0, -metres, 5_400_000],
          },
        ]),
      ),
    )
    const { bands, grid } = parse(item)
    expect([bands.SCL, bands.B02, bands.B8A, bands.B09]).toEqual(
      ['SCL_20m', 'B02_10m', 'B8A_20m', 'B09_60m'].map((name) => `/at/${name}.tif`),
    )
    expect(grid?.width).toBe(10_980)
  })

  it.each(['eo:bands', 'bands'])('finds bands of other keys by %s, by name or common name', (field) => {
    const item = planetaryComputerItem()
    const common: Record<string, string> = { B02: 'blue', B04: 'red', B8A: 'nir08', B11: 'swir16' }
    const commonKey = field === 'bands' ? 'eo:common_name' : 'common_name'
    item.assets = Object.fromEntries(
      Object.entries(item.assets).map(([band, asset], i) => {
        if (band === 'SCL') return [band, asset]
        const described =
          band in common ? { [commonKey]: common[band] } : { name: band, [commonKey]: 'rededge' }
        return [`image-${i}`, { ...asset, [field]: [described] }]
      }),
    )
    item.assets.visual = {
      ...item.assets.SCL,
      href: 'tci.tif',
      [field]: [{ name: 'B04' }, { name: 'B03' }],
    }
    expect(parse(item).bands).toEqual(parse(planetaryComputerItem()).bands)
  })

  it('takes the grid of the item where the assets have none and it is one of 10 m', async () => {
    const item = planetaryComputerItem({
      'proj:epsg': null,
      'proj:code': 'EPSG:32632',
      'proj:transform': [10, 0, 499_980, 0, -10, 5_400_000, 0, 0, 1],
      'proj:shape': [10_980, 5000],
    })
    for (const asset of Object.values(item.assets)) {
      delete asset['proj:transform']
      delete asset['proj:shape']
    }
    expect(parse(item).grid).toEqual({ epsg: 32632, x0: 499_980, y0: 5_400_000, width: 5000, height: 10_980 })
    item.properties['proj:transform'] = [20, 0, 499_980, 0, -20, 5_400_000]
    const asked: string[] = []
    const scene = await completeScene(parse(item), (href) => {
      asked.push(href)
      return Promise.resolve({ epsg: 32631, x0: 1, y0: 2, width: 3, height: 4 })
    })
    expect(asked).toEqual(['/at/./bands/B02_10m.tif'])
    expect(scene).toMatchObject({ epsg: 32631, grid: { x0: 1, y0: 2, width: 3, height: 4 } })
    expect(scene.grid).not.toHaveProperty('epsg')
  })

  it('takes the EPSG code of the asset before that of the item', () => {
    const item = planetaryComputerItem({ 'proj:epsg': 4326 })
    item.assets.B02['proj:code'] = 'EPSG:32733'
    expect(parse(item).grid?.epsg).toBe(32733)
  })

  it.each<[string, (item: ItemJson) => void, string]>([
    ['a band', (item) => delete item.assets.B11, 'B11'],
    ['the href of a band', (item) => delete item.assets.SCL.href, 'SCL'],
    ['cloud cover', (item) => delete item.properties['eo:cloud_cover'], 'eo:cloud_cover'],
    ['a possible cloud cover', (item) => (item.properties['eo:cloud_cover'] = 120), 'eo:cloud_cover'],
    ['a datetime', (item) => (item.properties.datetime = null), 'datetime'],
    ['a readable datetime', (item) => (item.properties.datetime = 'yesterday'), 'datetime'],
    ['a 10 m grid', (item) => (item.assets.B02['proj:transform'] = [20, 0, 0, 0, -20, 0]), '10 m'],
  ])('refuses an item without %s, naming both', (_, damage, named) => {
    const item = planetaryComputerItem()
    damage(item)
    const error = errorOf(() => parse(item))
    expect(error).toMatchObject({ tag: 'scene-incomplete', context: { item: item.id } })
    expect(error.message).toContain(item.id)
    expect(error.message).toContain(named)
    expect(error.hint).not.toBe('')
  })

  it('refuses a scene that is in no UTM zone, or whose file cannot be read', async () => {
    const item = planetaryComputerItem({ 'proj:epsg': 3857 })
    const read = (): Promise<never> => Promise.reject(new Error('no such file'))
    await expect(completeScene(parse(item), read)).rejects.toMatchObject({ tag: 'scene-incomplete' })
    delete item.assets.B02['proj:transform']
    await expect(completeScene(parse(item), read)).rejects.toThrow(/no such file/)
  })

  it('passes over fields of a wrong kind that it can do without', () => {
    const item = planetaryComputerItem({ 'processing:software': 7, 'proj:shape': 'large', extra: [1] })
    item.assets.thumbnail = { href: 5, gsd: 'none', roles: 'thumbnail' }
    expect(parse(item)).toEqual(parse(planetaryComputerItem()))
  })

  it('says what is wrong with an item that is no item', () => {
    expect(errorOf(() => parse({ type: 'Feature', id: 'broken', properties: {} }))).toMatchObject({
      tag: 'catalog-invalid',
      message: expect.stringContaining('broken') as string,
    })
  })
})

const recorded = realFile('stac')

describe.skipIf(recorded === null)('answers recorded from the catalogs', () => {
  const items = (name: string): ItemJson[] => {
    const json = JSON.parse(readFileSync(`${recorded ?? ''}/${name}`, 'utf8')) as
      ItemJson[] | { features: ItemJson[] }
    return Array.isArray(json) ? json : json.features
  }
  const earthSearch = (): ItemJson[] =>
    ['es1_search_filter_cloud_p1.json', 'es1_search_filter_cloud_p2.json'].flatMap(items)

  it('Planetary Computer, baseline 05.10: the offset is in the values', () => {
    const [first, ...rest] = items('pc_items_sentinel-2-l2a.json').map(parse)
    expect(rest).toHaveLength(3)
    expect(first).toMatchObject({
      product: 'S2B_MSIL2A_20240419T095549_N0510_R122_T47XML_20240419T123458',
      datetime: Date.UTC(2024, 3, 19, 9, 55, 49, 24),
      cloudCover: 0.219774,
      baseline: 5.1,
      addOffsets: reflectance(-1000),
      grid: { epsg: 32647, x0: 399_960, y0: 9_100_020, width: 10_980, height: 10_980 },
      bounds: [92.62188394, 80.92925762, 97.80357157, 81.94301217],
    })
    for (const band of BAND_NAMES) expect(first.bands[band]).toMatch(new RegExp(`_${band}_[126]0m\\.tif$`))
  })

  it('Planetary Computer, baseline 02.12: no offset, in four zones', () => {
    const drafts = items('pc_search_sentinel-2-l2a_20190101.json').map(parse)
    expect(drafts).toHaveLength(33)
    expect(new Set(drafts.map(({ grid }) => grid?.epsg))).toEqual(new Set([32658, 32659, 32660]))
    for (const draft of drafts) {
      expect(draft).toMatchObject({ baseline: 2.12, addOffsets: reflectance(0) })
      expect(draft.product.replace('_N0212', '')).toBe(draft.id)
    }
  })

  it('Earth Search: collection 1 keeps the offset, sentinel-2-l2a has it taken out, COGs rather than JP2', () => {
    const scenes = earthSearch().filter((item) => classifyItem(parseStacItem(item)) === 'sentinel-2')
    const [collection1, cogs] = ['sentinel-2-c1-l2a', 'sentinel-2-l2a'].map((collection) =>
      scenes.filter((item) => item.collection === collection).map(parse),
    )
    expect([collection1.length, cogs.length]).toEqual([6, 6])
    for (const draft of collection1)
      expect(draft).toMatchObject({ baseline: 5.11, addOffsets: reflectance(-1000) })
    for (const draft of cogs) expect(draft).toMatchObject({ baseline: 5.11, addOffsets: reflectance(0) })
    expect(collection1[0]).toMatchObject({
      id: 'S2B_T20EPT_20250731T131905_L2A',
      product: 'S2B_MSIL2A_20250731T131909_N0511_R095_T20EPT_20250731T143919',
      datetime: Date.UTC(2025, 6, 31, 13, 19, 22, 930),
      grid: { epsg: 32720, x0: 600_000, y0: 3_300_040, width: 10_980, height: 10_980 },
    })
    for (const draft of [...collection1, ...cogs]) {
      for (const band of BAND_NAMES)
        expect(draft.bands[band]).toMatch(new RegExp(`https://.*/${band}\\.tif$`))
    }
  })

  it('Sentinel-1 and Sentinel-2 L1C are of no use', () => {
    const others = earthSearch().filter((item) => /sentinel-(1|2-l1c)/.test(item.collection ?? ''))
    expect(others).toHaveLength(8)
    for (const item of others) expect(classifyItem(parseStacItem(item))).toBeNull()
  })
})
