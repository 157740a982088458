import type { Bounds, Tile } from '../../src-shared/catalog/scene'
import { positiveLongitude } from '../catalog/lonlat-cells'

/** Degrees around a footprint in which tiles may be needed: interpolation and slope reach beyond a tile's edge. */
export const TILE_MARGIN = 0.02

/** The last acquisition year for which the map of 2020 is used. */
const FIRST_MAP = { year: 2020, version: 'v100' } as const
const SECOND_MAP = { year: 2021, version: 'v200' } as const

/** Edge of a land-cover tile in degrees. */
const MAP_EDGE = 3
const MAP_COLUMNS = 360 / MAP_EDGE

/** Collects the tiles of terrain and land cover that footprints need, by the grid of their names. */
export class NeededTiles {
  private readonly dem = new Uint8Array(360 * 180)
  private readonly maps = {
    [FIRST_MAP.year]: new Uint8Array(MAP_COLUMNS * 60),
    [SECOND_MAP.year]: new Uint8Array(MAP_COLUMNS * 60),
  }

  /** Adds a footprint by its position in degrees and time in milliseconds since 1970. */
  add(lon: number, lat: number, time: number): void {
    const across = TILE_MARGIN / Math.cos((Math.min(89, Math.abs(lat) + TILE_MARGIN) * Math.PI) / 180)
    const map = this.maps[new Date(time).getUTCFullYear() > FIRST_MAP.year ? SECOND_MAP.year : FIRST_MAP.year]
    for (const y of [lat - TILE_MARGIN, lat + TILE_MARGIN]) {
      const row = Math.min(179, Math.max(0, Math.floor(y + 90)))
      for (const x of [lon - across, lon + across]) {
        const column = Math.floor(positiveLongitude(x + 180)) % 360
        this.dem[row * 360 + column] = 1
        map[Math.floor(row / MAP_EDGE) * MAP_COLUMNS + Math.floor(column / MAP_EDGE)] = 1
      }
    }
  }

  /**
   * The terrain tiles at a public bucket of the Copernicus DEM, by name. Whether each exists is not known: over the
   * ocean there is none.
   */
  demTiles(base: string): Tile[] {
    return marked(this.dem, 360, 1).map((bounds) => {
      const [west, south] = bounds
      const name = `Copernicus_DSM_COG_10_${corner(south, 'NS', 2)}_00_${corner(west, 'EW', 3)}_00_DEM`
      return { name, href: `${withSlash(base)}${name}/${name}.tif`, bounds, year: null, assumed: true }
    })
  }

  /** The land-cover tiles at a public bucket of ESA WorldCover, by name, likewise. */
  landcoverTiles(base: string): Tile[] {
    const tiles = [FIRST_MAP, SECOND_MAP].flatMap(({ year, version }) =>
      marked(this.maps[year], MAP_COLUMNS, MAP_EDGE).map((bounds): Tile => {
        const [west, south] = bounds
        const name = `ESA_WorldCover_10m_${year}_${version}_${corner(south, 'NS', 2)}${corner(west, 'EW', 3)}_Map`
        const href = `${withSlash(base)}${version}/${year}/map/${name}.tif`
        return { name, href, bounds, year, assumed: true }
      }),
    )
    return tiles.sort(byName)
  }
}

/** Bounds of the marked cells of a grid from 180 degrees west and the south pole, by the names that they get. */
function marked(grid: Uint8Array, columns: number, edge: number): Bounds[] {
  const cells: Bounds[] = []
  for (const [cell, mark] of grid.entries()) {
    if (mark === 0) continue
    const [west, south] = [(cell % columns) * edge - 180, Math.floor(cell / columns) * edge - 90]
    cells.push([west, south, west + edge, south + edge])
  }
  return cells
}

/** Such as N47, S01 or E008. */
function corner(degrees: number, letters: 'NS' | 'EW', digits: number): string {
  return `${degrees < 0 ? letters[1] : letters[0]}${Math.abs(degrees).toString().padStart(digits, '0')}`
}

function withSlash(base: string): string {
  return base.endsWith('/') ? base : `${base}/`
}

function byName(a: Tile, b: Tile): number {
  return a.name < b.name ? -1 : 1
}
