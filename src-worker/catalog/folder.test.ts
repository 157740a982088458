import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StudioError } from '../../src-shared/errors/studio-error'
import { quietContext, type JobContext } from '../process/context'
import { requireInCatalog, type Catalog } from './catalog'
import { readFolderCatalog } from './folder'
import { planetaryComputerItem, type ItemJson } from './item-fixtures'
import type { RasterGrid, ReadGrid } from './sentinel2-item'

const DEM_NAME = 'Copernicus_DSM_COG_10_N47_00_E008_00_DEM'
const MAP_NAME = 'ESA_WorldCover_10m_2020_v100_N45E006_Map'

let folder: string
let skipped: StudioError[]
let lines: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'catalog-'))
  skipped = []
  lines = []
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(path: string, content: unknown): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

/** An item whose band files are written beside it. */
function itemWithBands(
  place: string,
  changes: { id?: string; properties?: Record<string, unknown> } = {},
): ItemJson {
  const item = planetaryComputerItem(changes.properties)
  item.id = changes.id ?? item.id
  for (const asset of Object.values(item.assets)) {
    asset.href = `./bands/${item.id}/${String(asset.href).slice(8)}`
    write(join(place, asset.href as string), 'raster')
  }
  return item
}

const noGrid: ReadGrid = (): Promise<RasterGrid> => Promise.reject(new Error('no grid'))

function read(readGrid = noGrid, changes: Partial<JobContext> = {}): Promise<Catalog> {
  const ctx: JobContext = {
    ...quietContext(),
    skipped: (error) => void skipped.push(error),
    log: (level, message) => void lines.push(`${level}: ${message}`),
    ...changes,
  }
  return readFolderCatalog(folder, { readGrid }, ctx)
}

const tags = (): string[] => skipped.map(({ tag }) => tag)
const sceneIds = (catalog: Catalog): string[] => catalog.scenes.map(({ id }) => id)

describe('readFolderCatalog', () => {
  it('reads items in files of their own, hrefs counted from where each lies', async () => {
    write('a/deep/one.json', itemWithBands('a/deep'))
    const { scenes } = await read()
    expect(skipped).toEqual([])
    expect(scenes).toHaveLength(1)
    expect(scenes[0]).toMatchObject({
      epsg: 32632,
      grid: { x0: 499_980, y0: 5_400_000, width: 10_980, height: 10_980 },
    })
    expect(scenes[0].bands.SCL).toBe(join(folder, 'a/deep/bands', scenes[0].id, 'SCL_20m.tif'))
  })

  it('reads item collections, lists of items, file:// and absolute hrefs, and hrefs with %20', async () => {
    const [one, two] = [itemWithBands('x y', { id: 'one' }), itemWithBands('x y', { id: 'two' })]
    two.properties.datetime = '2020-06-05T10:20:31Z'
    two.properties['s2:product_uri'] = undefined
    for (const asset of Object.values(one.assets)) {
      asset.href = pathToFileURL(join(folder, 'x y', String(asset.href))).href
    }
    for (const asset of Object.values(two.assets)) asset.href = `x%20y/${String(asset.href)}`
    two.assets.B02.href = join(folder, 'x y/bands/two/B02_10m.tif')
    write('one.geojson', { type: 'FeatureCollection', features: [one] })
    write('two.json', [two])
    const catalog = await read()
    expect(skipped).toEqual([])
    expect(sceneIds(catalog)).toEqual(['one', 'two'])
    for (const scene of catalog.scenes) {
      expect(scene.bands.B8A).toBe(join(folder, 'x y/bands', scene.id, 'B8A_20m.tif'))
    }
  })

  it('follows the links of static catalogs, also out of the folder, each item once', async () => {
    const outside = join(folder, 'outside')
    const item = itemWithBands('outside')
    write('outside/item', item)
    write('inside/items/item.json', { ...item, id: 'local' })
    for (const asset of Object.values(item.assets)) write(`inside/items/${String(asset.href)}`, 'raster')
    write('inside/catalog.json', {
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
    write('inside/collection.json', {
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
    folder = join(folder, 'inside')
    try {
      const catalog = await read()
      // Both are of one tile and pass: the one read from the folder and the one linked to.
      expect(sceneIds(catalog)).toEqual([item.id])
      expect(lines.join()).toContain(`local (kept ${item.id})`)
      expect(tags()).toEqual(['catalog-invalid'])
      expect(skipped[0].message).toContain('gone.json')
      expect(lines.join()).toContain('1 links of catalogs lead to the network')
    } finally {
      folder = dirname(folder)
    }
  })

  it('takes an item once that stands in a collection and in its own file', async () => {
    const item = itemWithBands('')
    write('item.json', item)
    write('all.json', { type: 'FeatureCollection', features: [item, item] })
    expect(sceneIds(await read())).toEqual([item.id])
    expect(skipped).toEqual([])
  })

  it('leaves out a scene whose band files are missing, by name, and goes on', async () => {
    const [whole, broken] = [itemWithBands('', { id: 'whole' }), itemWithBands('', { id: 'broken' })]
    rmSync(join(folder, 'bands/broken/B09_60m.tif'))
    rmSync(join(folder, 'bands/broken/SCL_20m.tif'))
    const file = write('items.json', { type: 'FeatureCollection', features: [broken, whole] })
    expect(sceneIds(await read())).toEqual(['whole'])
    expect(skipped).toHaveLength(1)
    expect(skipped[0]).toMatchObject({
      tag: 'scene-incomplete',
      file,
      context: { item: 'broken', missing: 'SCL,B09' },
    })
  })

  it('leaves out scenes and tiles that lie on the network', async () => {
    const remote = { href: `https://host/${DEM_NAME}.tif` }
    const item = planetaryComputerItem()
    for (const asset of Object.values(item.assets)) asset.href = `https://host/${String(asset.href)}`
    const dem = {
      type: 'Feature',
      stac_version: '1.0.0',
      id: 'd',
      bbox: [8, 47, 9, 48],
      properties: {},
      assets: { data: remote },
    }
    write('items.json', { type: 'FeatureCollection', features: [item, dem] })
    expect(await read()).toEqual({ scenes: [], dem: [], landcover: [] })
    expect(tags()).toEqual(['scene-incomplete', 'raster-unreadable'])
    for (const error of skipped) expect(error.hint).toContain('network')
  })

  it.each<[string, string, string[]]>([
    ['an empty file', '', ['catalog-invalid']],
    ['a truncated file', '{"type": "FeatureCollection", "features": [{"type": "Fea', ['catalog-invalid']],
    ['no JSON', '<html>401</html>', ['catalog-invalid']],
    [
      'an item without assets',
      '{"type":"Feature","stac_version":"1.0.0","id":"a","properties":{}}',
      ['catalog-invalid'],
    ],
    ['an item without id', '{"type":"Feature","properties":{},"assets":{}}', ['catalog-invalid']],
    ['a catalog without links', '{"type":"Catalog","stac_version":"1.0.0","id":"c"}', ['catalog-invalid']],
    [
      'an item collection of other things',
      '{"type":"FeatureCollection","stac_version":"1.0.0","features":[{},7]}',
      ['catalog-invalid'],
    ],
    [
      'a GeoJSON area',
      '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{}}]}',
      [],
    ],
    ['settings', '{"name":"project","links":[1]}', []],
    ['a number', '42', []],
    ['a list of numbers', '[1,2,3]', []],
  ])('%s does not keep the rest from being read', async (_, content, expected) => {
    const bad = write('bad.json', content)
    write('good.json', itemWithBands(''))
    expect((await read()).scenes).toHaveLength(1)
    expect(tags()).toEqual(expected)
    for (const error of skipped) expect(error.file).toBe(bad)
    if (expected.length === 0) expect(lines.join()).toContain(`no STAC and are left aside: ${bad}`)
  })

  it('uses the items before the fault of a damaged collection, and says how many', async () => {
    const text = JSON.stringify({
      type: 'FeatureCollection',
      features: [itemWithBands(''), itemWithBands('', { id: 'second' })],
    })
    write('cut.json', text.slice(0, -40))
    expect((await read()).scenes).toHaveLength(1)
    expect(skipped[0].message).toContain('after 1 items')
  })

  it('reads grids from the files of scenes whose items give none', async () => {
    const item = itemWithBands('')
    for (const asset of Object.values(item.assets)) delete asset['proj:transform']
    write('item.json', item)
    const grid = { epsg: 32701, x0: 1, y0: 2, width: 3, height: 4 }
    const { scenes } = await read((href) =>
      Promise.resolve({ ...grid, width: href.endsWith('B02_10m.tif') ? 7 : 0 }),
    )
    expect(scenes[0]).toMatchObject({ epsg: 32701, grid: { x0: 1, y0: 2, width: 7, height: 4 } })
    expect(await read()).toMatchObject({ scenes: [] })
    expect(tags()).toEqual(['scene-incomplete'])
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
      write(`${product}.json`, itemWithBands('', { id: product, properties }))
    }
    // The same pass elsewhere: another tile.
    const other = itemWithBands('', { id: 'other tile' })
    other.assets.B02['proj:transform'] = [10, 0, 600_000, 0, -10, 5_400_000]
    write('other.json', other)
    expect(sceneIds(await read())).toEqual([products[3], products[4], 'other tile'])
    expect(skipped).toEqual([])
    expect(lines.join()).toContain(`${products[0]} (kept ${products[3]})`)
  })

  it('reports two scenes under one id, and uses the first', async () => {
    write('a.json', itemWithBands('', { id: 'same' }))
    const second = { ...itemWithBands('', { id: 'same' }) }
    second.properties.datetime = '2020-07-01T00:00:00Z'
    write('b.json', second)
    expect((await read()).scenes[0].datetime).toBe(Date.UTC(2020, 5, 4, 10, 20, 31, 24))
    expect(tags()).toEqual(['catalog-invalid'])
  })

  it('finds DEM and land-cover tiles by name, and by item whatever the collection is called', async () => {
    write(`dem/${DEM_NAME}.tif`, '')
    write('dem/Copernicus_DSM_COG_30_S01_00_W071_00_DEM.TIF', '')
    write('dem/other.tif', '')
    write(`maps/${MAP_NAME}.tif`, '')
    write('maps/ESA_WorldCover_10m_2021_v200_N45E006_Map.tif', '')
    write('maps/item.json', {
      type: 'Feature',
      stac_version: '1.0.0',
      id: 'map',
      collection: 'my-maps',
      bbox: [6.5, 45, 9, 48],
      properties: {},
      assets: { m: { href: `${MAP_NAME}.tif`, type: 'image/tiff' } },
    })
    write('dem/item.json', {
      type: 'Feature',
      stac_version: '1.0.0',
      id: 'terrain',
      collection: 'cop-dem-glo-30',
      bbox: [10, 46, 10.5, 46.5],
      properties: {},
      assets: { data: { href: 'other.tif' } },
    })
    const { dem, landcover } = await read()
    expect(dem.map(({ name, bounds }) => [name, bounds])).toEqual([
      [DEM_NAME, [8, 47, 9, 48]],
      ['Copernicus_DSM_COG_30_S01_00_W071_00_DEM', [-71, -1, -70, 0]],
      ['other', [10, 46, 10.5, 46.5]],
    ])
    expect(landcover).toEqual([
      { name: MAP_NAME, href: join(folder, `maps/${MAP_NAME}.tif`), bounds: [6, 45, 9, 48], year: 2020 },
      expect.objectContaining({ year: 2021 }),
    ])
    expect(skipped).toEqual([])
  })

  it('passes over granules and hidden files quietly, follows links, and is not caught in a circle', async () => {
    write('GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5', 'granule')
    write('._item.json', 'resource fork')
    write('.cache/x.json', 'no json')
    write('elsewhere/item.json', itemWithBands('elsewhere'))
    mkdirSync(join(folder, 'root'))
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'root/link'))
    symlinkSync(folder, join(folder, 'root/circle'))
    symlinkSync(join(folder, 'nowhere'), join(folder, 'root/broken'))
    const documents: number[] = []
    const catalog = await read(noGrid, { progress: (_, total) => void documents.push(total) })
    expect(catalog.scenes).toHaveLength(1)
    expect(documents.at(-1)).toBe(1)
    expect(skipped).toEqual([])
    expect(lines).toEqual([`info: ${folder}: 1 scenes, 0 DEM tiles, 0 land-cover tiles.`])
  })

  it('says which items it has no use for', async () => {
    const item = itemWithBands('')
    write('l1c.json', { ...item, collection: 'sentinel-2-l1c', properties: { 's2:product_type': 'S2MSI1C' } })
    expect((await read()).scenes).toEqual([])
    expect(skipped).toEqual([])
    expect(lines.join()).toContain('1 of sentinel-2-l1c')
  })

  it('refuses a folder that is not there or is none', async () => {
    const file = write('file.txt', 'x')
    const ctx = quietContext()
    for (const path of [join(folder, 'nowhere'), file]) {
      await expect(readFolderCatalog(path, { readGrid: noGrid }, ctx)).rejects.toMatchObject({
        tag: 'input-missing',
        file: path,
      })
    }
  })

  it.skipIf(process.getuid?.() === 0)('reports a subfolder that may not be read, and goes on', async () => {
    write('item.json', itemWithBands(''))
    const closed = join(folder, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0)
    try {
      expect((await read()).scenes).toHaveLength(1)
      expect(skipped).toMatchObject([{ tag: 'input-missing', file: closed }])
    } finally {
      chmodSync(closed, 0o700)
    }
  })

  it('stops when it is cancelled', async () => {
    write('item.json', itemWithBands(''))
    await expect(read(noGrid, { signal: AbortSignal.abort() })).rejects.toMatchObject({ tag: 'cancelled' })
  })

  it('is the same whatever the order of the items', async () => {
    const items = [3, 1, 2].map((day) =>
      itemWithBands('', {
        id: `scene ${day}`,
        properties: { datetime: `2020-06-0${day}T10:00:00Z`, 's2:product_uri': undefined },
      }),
    )
    const file = write('items.json', { type: 'FeatureCollection', features: items })
    const first = await read()
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: items.reverse() }))
    expect(await read()).toEqual(first)
    expect(sceneIds(first)).toEqual(['scene 1', 'scene 2', 'scene 3'])
  })
})

describe('requireInCatalog', () => {
  it.each(['scenes', 'dem', 'landcover'] as const)(
    'refuses a catalog without %s, saying what would do',
    async (kind) => {
      const catalog = await read()
      expect(() => requireInCatalog(catalog, kind, folder)).toThrow(
        expect.objectContaining({ tag: 'catalog-empty', file: folder, context: { kind } }),
      )
      write(`${DEM_NAME}.tif`, '')
      write(`${MAP_NAME}.tif`, '')
      write('item.json', itemWithBands(''))
      const full = await read()
      expect(() => requireInCatalog(full, kind, folder)).not.toThrow()
    },
  )
})
