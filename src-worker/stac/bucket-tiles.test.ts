import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTileName } from '../catalog/tile-name'
import { TileIndex } from '../catalog/tiles'
import { NeededTiles } from './bucket-tiles'

const around = (lon: number, lat: number, year = 2020): NeededTiles => {
  const tiles = new NeededTiles()
  tiles.add(lon, lat, Date.UTC(year, 5, 1))
  return tiles
}

describe('tiles of public buckets', () => {
  it('have the addresses that the buckets use', () => {
    const tiles = around(8.5, 47.5)
    const [dem] = tiles.demTiles('https://copernicus-dem-30m.s3.amazonaws.com')
    expect(dem).toEqual({
      name: 'Copernicus_DSM_COG_10_N47_00_E008_00_DEM',
      href: 'https://copernicus-dem-30m.s3.amazonaws.com/Copernicus_DSM_COG_10_N47_00_E008_00_DEM/Copernicus_DSM_COG_10_N47_00_E008_00_DEM.tif',
      bounds: [8, 47, 9, 48],
      year: null,
      assumed: true,
    })
    const base = 'https://esa-worldcover.s3.eu-central-1.amazonaws.com/'
    expect(tiles.landcoverTiles(base)).toEqual([
      {
        name: 'ESA_WorldCover_10m_2020_v100_N45E006_Map',
        href: `${base}v100/2020/map/ESA_WorldCover_10m_2020_v100_N45E006_Map.tif`,
        bounds: [6, 45, 9, 48],
        year: 2020,
        assumed: true,
      },
    ])
    expect(around(-70.5, -0.5, 2021).landcoverTiles(base)[0].href).toBe(
      `${base}v200/2021/map/ESA_WorldCover_10m_2021_v200_S03W072_Map.tif`,
    )
  })

  it.each([
    [8.5, 47.5, 1],
    [8.99, 47.5, 2],
    [9.001, 48.001, 4],
    [-0.001, 0.001, 4],
    [179.999, 0.5, 2],
    [-180, -0.001, 4],
  ])('are those within 0.02 degrees of %d, %d', (lon, lat, count) => {
    expect(around(lon, lat).demTiles('https://host')).toHaveLength(count)
  })

  it('are all that the tile index would look for, named after their cells', () => {
    const lon = fc.double({ min: -180, max: 180, noNaN: true })
    const lat = fc.double({ min: -82, max: 82, noNaN: true })
    fc.assert(
      fc.property(lon, lat, fc.constantFrom(2019, 2020, 2021, 2022), (x, y, year) => {
        const tiles = around(x, y, year)
        const dem = tiles.demTiles('https://host')
        const landcover = tiles.landcoverTiles('https://host')
        for (const tile of [...dem, ...landcover]) {
          expect(parseTileName(tile.name)).toMatchObject({ bounds: tile.bounds, year: tile.year })
        }
        expect(new TileIndex(dem).at(x, y)).not.toBeNull()
        expect(new TileIndex(landcover).at(x, y, year > 2020 ? 2021 : 2020)).not.toBeNull()
        expect(new Set(dem.map(({ name }) => name)).size).toBe(dem.length)
      }),
    )
  })
})
