import type { Bounds, Tile } from '../../src-shared/catalog/scene'
import {
  boundsMeet,
  CELL_COUNT,
  cellAt,
  forEachCell,
  growBounds,
  longitudeExtent,
  positiveLongitude,
} from './lonlat-cells'

/**
 * Degrees by which `around` widens the bounds it is asked for: the rasters of the DEM lie half a pixel off their
 * nominal cells, and interpolation reaches one pixel further; the coarsest pixels (GLO-90 beyond 85 degrees) are
 * 30 arc seconds wide.
 */
const MARGIN = 1.5 * (30 / 3600)

/** Finds tiles of the DEM or of land cover by position. Both questions are answered from a map of one-degree cells. */
export class TileIndex {
  /** Of each cell the tiles that touch it, by name. */
  private readonly cells = Array.from<Tile[] | undefined>({ length: CELL_COUNT })

  constructor(tiles: readonly Tile[]) {
    for (const tile of [...tiles].sort(byName)) {
      forEachCell(tile.bounds, (cell) => {
        const list = this.cells[cell]
        if (list === undefined) this.cells[cell] = [tile]
        else list.push(tile)
      })
    }
  }

  /**
   * The tile whose nominal cell holds a position in degrees, or null. A position on the line between two tiles
   * belongs to the one east and north of it, where that exists. Of several tiles the first by name.
   * @param year Only tiles of this map year; left out, tiles of any.
   */
  at(lon: number, lat: number, year?: number): Tile | null {
    let onEdge: Tile | null = null
    for (const tile of this.cells[cellAt(lon, lat)] ?? []) {
      if (year !== undefined && tile.year !== year) continue
      const [west, south, , north] = tile.bounds
      if (lat < south || lat > north) continue
      const east = positiveLongitude(lon - west)
      const extent = longitudeExtent(tile.bounds)
      if (east > extent) continue
      if (lat < north && east < extent) return tile
      onEdge ??= tile
    }
    return onEdge
  }

  /**
   * Every tile that can hold a pixel which bounds in degrees need, by name: its nominal cell meets the bounds or
   * lies within 0.0125 degrees of them. Bounds with west above east cross the antimeridian.
   * @param year Only tiles of this map year; left out, tiles of any.
   */
  around(bounds: Bounds, year?: number): Tile[] {
    const wide = growBounds(bounds, MARGIN)
    const found = new Set<Tile>()
    forEachCell(wide, (cell) => {
      for (const tile of this.cells[cell] ?? []) {
        if (year !== undefined && tile.year !== year) continue
        if (boundsMeet(tile.bounds, wide)) found.add(tile)
      }
    })
    return [...found].sort(byName)
  }
}

function byName(a: Tile, b: Tile): number {
  if (a.name === b.name) return a.href < b.href ? -1 : a.href > b.href ? 1 : 0
  return a.name < b.name ? -1 : 1
}
