import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requireInCatalog, type Catalog } from './catalog'
import { DEM_NAME, ImageryFolder, MAP_NAME } from './folder-fixture'

let world: ImageryFolder

beforeEach(() => {
  world = new ImageryFolder()
})
afterEach(() => world.remove())

const sceneIds = (catalog: Catalog): string[] => catalog.scenes.map(({ id }) => id)

describe('readFolderCatalog', () => {
  it('reads items in files of their own, hrefs counted from where each lies', async () => {
    world.write('a/deep/one.json', world.itemWithBands('a/deep'))
    const { scenes } = await world.read()
    expect(world.skipped).toEqual([])
    expect(scenes).toHaveLength(1)
    expect(scenes[0]).toMatchObject({
      epsg: 32632,
      grid: { x0: 499_980, y0: 5_400_000, width: 10_980, height: 10_980 },
    })
    expect(scenes[0].bands.SCL).toBe(join(world.path, 'a/deep/bands', scenes[0].id, 'SCL_20m.tif'))
  })

  it('reads item collections, lists of items, file:// and absolute hrefs, and hrefs with %20', async () => {
    const [one, two] = [world.itemWithBands('x y', { id: 'one' }), world.itemWithBands('x y', { id: 'two' })]
    two.properties.datetime = '2020-06-05T10:20:31Z'
    two.properties['s2:product_uri'] = undefined
    for (const asset of Object.values(one.assets)) {
      asset.href = pathToFileURL(join(world.path, 'x y', String(asset.href))).href
    }
    for (const asset of Object.values(two.assets)) asset.href = `x%20y/${String(asset.href)}`
    two.assets.B02.href = join(world.path, 'x y/bands/two/B02_10m.tif')
    world.write('one.geojson', { type: 'FeatureCollection', features: [one] })
    world.write('two.json', [two])
    const catalog = await world.read()
    expect(world.skipped).toEqual([])
    expect(sceneIds(catalog)).toEqual(['one', 'two'])
    for (const scene of catalog.scenes) {
      expect(scene.bands.B8A).toBe(join(world.path, 'x y/bands', scene.id, 'B8A_20m.tif'))
    }
  })

  it('follows the links of static catalogs, also out of the folder, each item once', async () => {
    const outside = join(world.path, 'outside')
    const item = world.itemWithBands('outside')
    world.write('outside/item', item)
    world.write('inside/items/item.json', { ...item, id: 'local' })
    for (const asset of Object.values(item.assets))
      world.write(`inside/items/${String(asset.href)}`, 'raster')
    world.write('inside/catalog.json', {
      type: 'Catalog',
      stac_version: '1.0.0',
      id: 'root',
      links: [
        { rel: 'self', href: 'https://example.org/catalog.json' },
        { rel: 'child', href: './collection.json' },
        { rel: 'child', href: 'https://example.org/other.json' },
        'no link',
      ],
    })
    world.write('inside/collection.json', {
      type: 'Collection',
      stac_version: '1.0.0',
      id: 'col',
      links: [
        { rel: 'parent', href: './catalog.json' },
        { rel: 'item', href: pathToFileURL(join(outside, 'item')).href },
        { rel: 'item', href: 'items/item.json' },
        { rel: 'item', href: 'items/gone.json' },
        { rel: 'child', href: './catalog.json' },
      ],
    })
    const catalog = await world.read({ inside: 'inside' })
    // Both are of one tile and pass: the one read from the folder and the one linked to.
    expect(sceneIds(catalog)).toEqual([item.id])
    expect(world.lines.join()).toContain(`local (kept ${item.id})`)
    expect(world.tags()).toEqual(['catalog-invalid'])
    expect(world.skipped[0].message).toContain('gone.json')
    expect(world.lines.join()).toContain('Not followed: 1 link of catalogs')
  })

  it('takes an item once that stands in a collection and in its own file', async () => {
    const item = world.itemWithBands('')
    world.write('item.json', item)
    world.write('all.json', { type: 'FeatureCollection', features: [item, item] })
    expect(sceneIds(await world.read())).toEqual([item.id])
    expect(world.skipped).toEqual([])
  })

  it('reads grids from the files of scenes whose items give none', async () => {
    const item = world.itemWithBands('')
    for (const asset of Object.values(item.assets)) delete asset['proj:transform']
    world.write('item.json', item)
    const grid = { epsg: 32701, x0: 1, y0: 2, width: 3, height: 4 }
    const { scenes } = await world.read({
      readGrid: (href) => Promise.resolve({ ...grid, width: href.endsWith('B02_10m.tif') ? 7 : 0 }),
    })
    expect(scenes[0]).toMatchObject({ epsg: 32701, grid: { x0: 1, y0: 2, width: 7, height: 4 } })
    expect(await world.read()).toMatchObject({ scenes: [] })
    expect(world.tags()).toEqual(['scene-incomplete'])
  })

  it('keeps the higher baseline of a tile and pass, then the newer product, and says so', async () => {
    const products = [
      'S2A_MSIL2A_20200604T102031_N0214_R065_T32TNT_20200604T141145',
      'S2A_MSIL2A_20200604T102031_N0214_R065_T32TNT_20200605T000000',
      'S2A_MSIL2A_20200604T102031_N0500_R065_T32TNT_20200603T000000',
      'S2A_MSIL2A_20200604T102031_N0500_R065_T32TNT_20230603T000000',
      'S2B_MSIL2A_20200604T102031_N0214_R065_T32TNT_20200604T141145',
    ]
    for (const product of products) {
      const baseline = product.slice(28, 30) + '.' + product.slice(30, 32)
      const properties = { 's2:product_uri': `${product}.SAFE`, 's2:processing_baseline': baseline }
      world.write(`${product}.json`, world.itemWithBands('', { id: product, properties }))
    }
    // The same pass elsewhere: another tile.
    const other = world.itemWithBands('', { id: 'other tile' })
    other.assets.B02['proj:transform'] = [10, 0, 600_000, 0, -10, 5_400_000]
    world.write('other.json', other)
    expect(sceneIds(await world.read())).toEqual([products[3], products[4], 'other tile'])
    expect(world.skipped).toEqual([])
    expect(world.lines.join()).toContain(`${products[0]} (kept ${products[3]})`)
  })

  it('finds DEM and land-cover tiles by name, and by item whatever the collection is called', async () => {
    world.write(`dem/${DEM_NAME}.tif`, '')
    world.write('dem/Copernicus_DSM_COG_30_S01_00_W071_00_DEM.TIF', '')
    world.write('dem/other.tif', '')
    world.write(`maps/${MAP_NAME}.tif`, '')
    world.write('maps/ESA_WorldCover_10m_2021_v200_N45E006_Map.tif', '')
    world.write('maps/item.json', {
      type: 'Feature',
      stac_version: '1.0.0',
      id: 'map',
      collection: 'my-maps',
      bbox: [6.5, 45, 9, 48],
      properties: {},
      assets: { m: { href: `${MAP_NAME}.tif`, type: 'image/tiff' } },
    })
    world.write('dem/item.json', {
      type: 'Feature',
      stac_version: '1.0.0',
      id: 'terrain',
      collection: 'cop-dem-glo-30',
      bbox: [10, 46, 10.5, 46.5],
      properties: {},
      assets: { data: { href: 'other.tif' } },
    })
    const { dem, landcover } = await world.read()
    expect(dem.map(({ name, bounds }) => [name, bounds])).toEqual([
      [DEM_NAME, [8, 47, 9, 48]],
      ['Copernicus_DSM_COG_30_S01_00_W071_00_DEM', [-71, -1, -70, 0]],
      ['other', [10, 46, 10.5, 46.5]],
    ])
    expect(landcover).toEqual([
      {
        name: MAP_NAME,
        href: join(world.path, `maps/${MAP_NAME}.tif`),
        bounds: [6, 45, 9, 48],
        year: 2020,
        collection: 'my-maps',
      },
      expect.objectContaining({ year: 2021 }),
    ])
    expect(world.skipped).toEqual([])
  })

  it('passes over granules and hidden files quietly, follows links, and is not caught in a circle', async () => {
    world.write('GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5', 'granule')
    world.write('._item.json', 'resource fork')
    world.write('.cache/x.json', 'no json')
    world.write('elsewhere/item.json', world.itemWithBands('elsewhere'))
    mkdirSync(join(world.path, 'root'))
    symlinkSync(join(world.path, 'elsewhere'), join(world.path, 'root/link'))
    symlinkSync(world.path, join(world.path, 'root/circle'))
    symlinkSync(join(world.path, 'nowhere'), join(world.path, 'root/broken'))
    const documents: number[] = []
    const catalog = await world.read({ context: { progress: (_, total) => void documents.push(total) } })
    expect(catalog.scenes).toHaveLength(1)
    expect(documents.at(-1)).toBe(1)
    expect(world.skipped).toEqual([])
    expect(world.lines).toEqual([`info: ${world.path}: 1 scene, 0 DEM tiles, 0 land-cover tiles.`])
  })

  it('is the same whatever the order of the items', async () => {
    const items = [3, 1, 2].map((day) =>
      world.itemWithBands('', {
        id: `scene ${day}`,
        properties: { datetime: `2020-06-0${day}T10:00:00Z`, 's2:product_uri': undefined },
      }),
    )
    const file = world.write('items.json', { type: 'FeatureCollection', features: items })
    const first = await world.read()
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: items.reverse() }))
    expect(await world.read()).toEqual(first)
    expect(sceneIds(first)).toEqual(['scene 1', 'scene 2', 'scene 3'])
  })
})

describe('requireInCatalog', () => {
  it.each([
    ['scenes', /^Give --source .*--dem-source.*--landcover-source/],
    ['dem', /^Give --dem-source/],
    ['landcover', /^Give --landcover-source/],
  ] as const)('refuses a catalog without %s, saying what would do', async (kind, hint) => {
    const catalog = await world.read()
    expect(() => requireInCatalog(catalog, kind, world.path)).toThrow(
      expect.objectContaining({
        tag: 'catalog-empty',
        file: world.path,
        context: { kind },
        hint: expect.stringMatching(hint) as unknown,
      }),
    )
    world.write(`${DEM_NAME}.tif`, '')
    world.write(`${MAP_NAME}.tif`, '')
    world.write('item.json', world.itemWithBands(''))
    const full = await world.read()
    expect(() => requireInCatalog(full, kind, world.path)).not.toThrow()
  })
})
