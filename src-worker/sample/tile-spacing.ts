import type { RasterLayout } from '../raster/layout'
import type { OpenTile } from './tile-patch'

/** Pixels count as lying alike where they differ by less than a thousandth of a pixel: 3 cm on the DEM. */
const TOLERANCE = 1e-3

/**
 * Tiles grouped by the width of their pixels, those of the first tile first. Tiles of GLO-30 are one arc second from row
 * to row everywhere, but from column to column 1.5 from 50 degrees north and south, 2 from 60, 3 from 70, 5 from 80 and
 * 10 from 85 on. Tiles whose rows do not line up with those of the first tile stay in its group.
 */
export function groupBySpacing(tiles: readonly OpenTile[]): OpenTile[][] {
  const groups: OpenTile[][] = []
  for (const tile of tiles) {
    const { layout } = tile.raster
    const group =
      groups.find(([{ raster }]) => sameSpacing(raster.layout, layout)) ??
      groups.slice(0, 1).find(([{ raster }]) => !sameRows(raster.layout, layout))
    if (group === undefined) groups.push([tile])
    else group.push(tile)
  }
  return groups
}

function sameSpacing(a: RasterLayout, b: RasterLayout): boolean {
  return Math.abs(a.dx / b.dx - 1) * Math.max(a.width, b.width) < TOLERANCE
}

function sameRows(a: RasterLayout, b: RasterLayout): boolean {
  const offset = (b.y0 - a.y0) / a.dy
  const aligned = Math.abs(offset - Math.round(offset)) < TOLERANCE
  return aligned && Math.abs(b.dy / a.dy - 1) * Math.max(a.height, b.height) < TOLERANCE
}
