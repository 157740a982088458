import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { realFile } from '../../e2e/tools'
import type { Bounds, Tile } from '../../src-shared/catalog/scene'
import { classifyItem } from './classify'
import { resolveHref } from './href'
import { parseStacItem } from './stac-schema'
import { parseTileItem } from './tile-item'
import { parseTileName, type TileKind } from './tile-name'
import { TileIndex } from './tiles'

const tile = (name: string, bounds: Bounds, year: number | null = null): Tile => ({
  name,
  href: `/${name}.tif`,
  bounds,
  year,
})

describe('parseTileName', () => {
  it.each([
    ['Copernicus_DSM_COG_10_N47_00_E008_00_DEM', 'dem', [8, 47, 9, 48], null],
    ['Copernicus_DSM_COG_10_S01_00_W180_00_DEM', 'dem', [-180, -1, -179, 0], null],
    ['Copernicus_DSM_COG_30_N00_00_E000_00_DEM', 'dem', [0, 0, 1, 1], null],
    ['Copernicus_DSM_10_S34_00_E179_00_DEM', 'dem', [179, -34, 180, -33], null],
    ['ESA_WorldCover_10m_2020_v100_N45E006_Map', 'landcover', [6, 45, 9, 48], 2020],
    ['ESA_WorldCover_10m_2021_v200_S03W180_Map', 'landcover', [-180, -3, -177, 0], 2021],
  ])('%s', (name, kind, bounds, year) => {
    expect(parseTileName(name)).toEqual({ kind, bounds, year })
  })

  it.each([
    'ESA_WorldCover_10m_2021_v200_N45E006_InputQuality',
    'Copernicus_DSM_COG_10_N47_00_E008_00_EDM',
    'T32TNT_20200604T102031_B02_10m',
  ])('%s is no tile', (name) => {
    expect(parseTileName(name)).toBeNull()
  })
})

describe('parseTileItem', () => {
  const base = { type: 'Feature', stac_version: '1.1.0', id: 'x', bbox: [6.1, 45, 9, 48], properties: {} }
  const parse = (item: Record<string, unknown>, kind: TileKind): Tile =>
    parseTileItem(parseStacItem({ ...base, ...item }), kind, (href) => resolveHref(href, '/stac/items.json'))

  it('takes the cell from the file name, not from a bbox that was cut or shifted', () => {
    const href = 'https://host/a/Copernicus_DSM_COG_10_N47_00_E008_00_DEM.tif?sig=a/b.c'
    expect(parse({ assets: { data: { href } } }, 'dem')).toEqual({
      name: 'Copernicus_DSM_COG_10_N47_00_E008_00_DEM',
      href,
      bounds: [8, 47, 9, 48],
      year: null,
    })
  })

  it('takes cell and year from the item where the name does not tell them', () => {
    const assets = {
      quality: { href: 'q.tif', roles: ['metadata'] },
      land: { href: '../cut.tif', roles: ['data'] },
    }
    const item = {
      assets,
      bbox: [6.1, 45, 0, 9, 48, 900],
      properties: { start_datetime: '2021-01-01T00:00:00Z' },
    }
    expect(parse(item, 'landcover')).toEqual({
      name: 'cut',
      href: '/cut.tif',
      bounds: [6.1, 45, 9, 48],
      year: 2021,
    })
    const version = {
      assets,
      properties: { 'esa_worldcover:product_version': '1.0.0', datetime: '2022-05-05' },
    }
    expect(parse(version, 'landcover').year).toBe(2020)
  })

  it.each([
    ['no GeoTIFF', { assets: { data: { href: 'a.png', type: 'image/png' } } }, 'dem', 'GeoTIFF'],
    ['no bbox', { assets: { data: { href: 'a.tif' } }, bbox: [1, 2] }, 'dem', 'bbox'],
    ['no year', { assets: { map: { href: 'a.tif' } } }, 'landcover', 'year'],
  ] as const)('refuses an item with %s', (_, item, kind, named) => {
    expect(() => parse(item, kind)).toThrow(expect.objectContaining({ tag: 'catalog-invalid' }))
    expect(() => parse(item, kind)).toThrow(named)
  })
})

const recorded = realFile('stac')

describe.skipIf(recorded === null)('recorded tile items', () => {
  it.each([
    ['pc_items_cop-dem-glo-30.json', 'dem', 4],
    ['es1_search_cop-dem_10.json', 'dem', 10],
    ['ESA_WorldCover_10m_2021_v200_N00E006.stactools.json', 'landcover', 1],
  ] as const)('%s', (file, kind, count) => {
    const json = JSON.parse(readFileSync(`${recorded ?? ''}/${file}`, 'utf8')) as unknown
    const items = Array.isArray(json) ? json : ((json as { features?: unknown[] }).features ?? [json])
    const tiles = items.map((value: unknown) => {
      const item = parseStacItem(value)
      expect(classifyItem(item)).toBe(kind)
      return parseTileItem(item, kind, (href) => href)
    })
    expect(tiles).toHaveLength(count)
    if (kind === 'landcover') {
      expect(tiles[0]).toMatchObject({
        name: 'ESA_WorldCover_10m_2021_v200_N00E006_Map',
        bounds: [6, 0, 9, 3],
        year: 2021,
      })
    } else {
      const first = tiles.find(({ name }) => name === 'Copernicus_DSM_COG_10_S90_00_W180_00_DEM')
      expect(first?.bounds).toEqual([-180, -90, -179, -89])
    }
  })
})

describe('TileIndex', () => {
  const dem = new TileIndex([
    tile('N47E008', [8, 47, 9, 48]),
    tile('N47E009', [9, 47, 10, 48]),
    tile('N48E008', [8, 48, 9, 49]),
    tile('N00E179', [179, 0, 180, 1]),
    tile('N00W180', [-180, 0, -179, 1]),
  ])
  const names = (bounds: Bounds): string[] => dem.around(bounds).map(({ name }) => name)

  it('finds the tile that holds a position', () => {
    expect(dem.at(8.5, 47.5)?.name).toBe('N47E008')
    expect(dem.at(9, 47)?.name).toBe('N47E009')
    expect(dem.at(10.5, 47.5)).toBeNull()
  })

  it('gives a line between two tiles to the eastern and northern one, and to the other where that is lacking', () => {
    expect(dem.at(9, 47.5)?.name).toBe('N47E009')
    expect(dem.at(8.5, 48)?.name).toBe('N48E008')
    expect(dem.at(9.5, 48)?.name).toBe('N47E009')
  })

  it('finds tiles across the antimeridian', () => {
    expect(dem.at(180, 0.5)?.name).toBe('N00W180')
    expect(dem.at(-180, 0.5)?.name).toBe('N00W180')
    expect(dem.at(179.999, 0.5)?.name).toBe('N00E179')
    expect(names([179.99, 0.4, -179.99, 0.5])).toEqual(['N00E179', 'N00W180'])
    expect(names([179.9, 0.4, 179.999, 0.5])).toEqual(['N00E179', 'N00W180'])
    expect(names([-179.999, 0.4, -179.9, 0.5])).toEqual(['N00E179', 'N00W180'])
  })

  it('finds the neighbour whose pixels reach half a pixel over the line', () => {
    expect(names([8.4, 47.4, 8.5, 47.5])).toEqual(['N47E008'])
    expect(names([8.9, 47.4, 8.999, 47.5])).toEqual(['N47E008', 'N47E009'])
    expect(names([8.4, 47.9, 8.5, 47.9995])).toEqual(['N47E008', 'N48E008'])
  })

  it('keeps to the year', () => {
    const maps = new TileIndex([tile('a2020', [6, 45, 9, 48], 2020), tile('b2021', [6, 45, 9, 48], 2021)])
    expect(maps.at(7, 46, 2021)?.name).toBe('b2021')
    expect(maps.at(7, 46, 2019)).toBeNull()
    expect(maps.around([7, 46, 7.1, 46.1], 2020).map(({ name }) => name)).toEqual(['a2020'])
    expect(maps.around([7, 46, 7.1, 46.1])).toHaveLength(2)
  })

  it('finds what looking at every tile finds', () => {
    const corner = fc.tuple(fc.integer({ min: -180, max: 179 }), fc.integer({ min: -60, max: 59 }))
    const fraction = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(
        fc.uniqueArray(corner, { selector: ([lon, lat]) => `${lon} ${lat}`, maxLength: 12 }),
        fc.nat(),
        fraction,
        fraction,
        (corners, pick, dx, dy) => {
          const tiles = corners.map(([lon, lat]) => tile(`${lon} ${lat}`, [lon, lat, lon + 1, lat + 1]))
          const index = new TileIndex(tiles)
          const [west, south] = corners.length === 0 ? [0, 0] : corners[pick % corners.length]
          // A place up to half a degree outside of one of the tiles.
          const lon = ((west - 0.5 + 2 * dx + 540) % 360) - 180
          const lat = south - 0.5 + 2 * dy
          const holds = tiles.filter(
            ({ bounds: [w, s] }) => lat >= s && lat < s + 1 && (lon - w + 720) % 360 < 1,
          )
          const found = index.at(lon, lat)
          if (holds.length > 0) expect(found).toBe(holds[0])
          const near = tiles.filter(({ bounds: [w, s] }) => {
            const east = ((lon - (w + 0.5) + 900) % 360) - 180
            return Math.abs(east) <= 0.5 + 0.0125 && Math.abs(lat - (s + 0.5)) <= 0.5 + 0.0125
          })
          expect(new Set(index.around([lon, lat, lon, lat]))).toEqual(new Set(near))
        },
      ),
      { numRuns: 500 },
    )
  })

  it('takes one tile for the whole globe', () => {
    const globe = new TileIndex([tile('globe', [-180, -90, 180, 90])])
    for (const [lon, lat] of [
      [-180, -90],
      [180, 90],
      [0, 0],
      [179.9, -89.9],
    ]) {
      expect(globe.at(lon, lat)?.name).toBe('globe')
      expect(globe.around([lon, lat, lon, lat])).toHaveLength(1)
    }
  })
})
