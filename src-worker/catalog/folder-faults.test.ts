import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quietContext } from '../process/context'
import { readFolderCatalog } from './folder'
import { DEM_NAME, ImageryFolder, noGrid } from './folder-fixture'
import { planetaryComputerItem } from './item-fixtures'

let world: ImageryFolder

beforeEach(() => {
  world = new ImageryFolder()
})
afterEach(() => world.remove())

describe('readFolderCatalog where something is wrong', () => {
  it('leaves out a scene whose band files are missing, by name, and goes on', async () => {
    const [whole, broken] = [
      world.itemWithBands('', { id: 'whole' }),
      world.itemWithBands('', { id: 'broken' }),
    ]
    rmSync(join(world.path, 'bands/broken/B09_60m.tif'))
    rmSync(join(world.path, 'bands/broken/SCL_20m.tif'))
    const file = world.write('items.json', { type: 'FeatureCollection', features: [broken, whole] })
    expect((await world.read()).scenes.map(({ id }) => id)).toEqual(['whole'])
    expect(world.skipped).toHaveLength(1)
    expect(world.skipped[0]).toMatchObject({
      tag: 'scene-incomplete',
      file,
      context: { item: 'broken', missing: 'SCL,B09' },
    })
  })

  it('takes scenes and tiles that lie on the network by http, https and public buckets, and no others', async () => {
    const remote = { href: `s3://copernicus-dem-30m/${DEM_NAME}.tif` }
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
    const odd = { ...dem, id: 'odd', assets: { data: { href: `ftp://host/${DEM_NAME}.tif?sig=secret` } } }
    world.write('items.json', { type: 'FeatureCollection', features: [item, dem, odd] })
    const { scenes, dem: tiles } = await world.read()
    expect(scenes.map(({ bands }) => bands.B02)).toEqual(['https://host/./bands/B02_10m.tif'])
    expect(tiles.map(({ href }) => href)).toEqual([
      `https://copernicus-dem-30m.s3.eu-central-1.amazonaws.com/${DEM_NAME}.tif`,
    ])
    expect(world.tags()).toEqual(['catalog-invalid'])
    expect(world.skipped[0].context).toEqual({ item: 'odd', href: `ftp://host/${DEM_NAME}.tif` })
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
    const bad = world.write('bad.json', content)
    world.write('good.json', world.itemWithBands(''))
    expect((await world.read()).scenes).toHaveLength(1)
    expect(world.tags()).toEqual(expected)
    for (const error of world.skipped) expect(error.file).toBe(bad)
    if (expected.length === 0) expect(world.lines.join()).toContain(`as no STAC: 1 JSON file (${bad})`)
  })

  it('uses the items before the fault of a damaged collection, and says how many', async () => {
    const text = JSON.stringify({
      type: 'FeatureCollection',
      features: [world.itemWithBands(''), world.itemWithBands('', { id: 'second' })],
    })
    world.write('cut.json', text.slice(0, -40))
    expect((await world.read()).scenes).toHaveLength(1)
    expect(world.skipped[0].message).toContain('after 1 item;')
  })

  it('reports two scenes under one id, and uses the first', async () => {
    world.write('a.json', world.itemWithBands('', { id: 'same' }))
    const second = world.itemWithBands('', { id: 'same' })
    second.properties.datetime = '2020-07-01T00:00:00Z'
    world.write('b.json', second)
    expect((await world.read()).scenes[0].datetime).toBe(Date.UTC(2020, 5, 4, 10, 20, 31, 24))
    expect(world.tags()).toEqual(['catalog-invalid'])
  })

  it('says which items it has no use for', async () => {
    const item = world.itemWithBands('')
    world.write('l1c.json', {
      ...item,
      collection: 'sentinel-2-l1c',
      properties: { 's2:product_type': 'S2MSI1C' },
    })
    expect((await world.read()).scenes).toEqual([])
    expect(world.skipped).toEqual([])
    expect(world.lines.join()).toContain('1 of sentinel-2-l1c')
  })

  it('refuses a folder that is not there or is none', async () => {
    const file = world.write('file.txt', 'x')
    const ctx = quietContext()
    for (const path of [join(world.path, 'nowhere'), file]) {
      await expect(readFolderCatalog(path, { readGrid: noGrid }, ctx)).rejects.toMatchObject({
        tag: 'input-missing',
        file: path,
      })
    }
  })

  it('stops when it is cancelled', async () => {
    world.write('item.json', world.itemWithBands(''))
    await expect(world.read({ context: { signal: AbortSignal.abort() } })).rejects.toMatchObject({
      tag: 'cancelled',
    })
  })
})
