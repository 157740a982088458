import type { Bounds, Scene } from '../../src-shared/catalog/scene'
import { PIXEL_SIZE } from '../../src-shared/dataset/bands'
import { utmProjection } from '../raster/projection'

/** Points per edge; on an edge of 110 km the outline between them strays less than a metre. */
const STEPS = 32

/**
 * The bounds in longitude and latitude of a raster in UTM, from its outline: both have no extremes inside, but for a
 * pole, which brings all longitudes with it. West lies above east where the raster crosses the antimeridian.
 * @throws StudioError `catalog-invalid` where the EPSG code is no UTM zone.
 */
export function gridBounds(epsg: number, grid: Scene['grid']): Bounds {
  const projection = utmProjection(epsg)
  const width = grid.width * PIXEL_SIZE
  const height = grid.height * PIXEL_SIZE
  const [middle] = projection.inverse(grid.x0 + width / 2, grid.y0 - height / 2)
  let [west, south, east, north] = [0, 90, 0, -90]
  const include = (x: number, y: number): void => {
    const [lon, lat] = projection.inverse(x, y)
    const turn = ((((lon - middle + 180) % 360) + 360) % 360) - 180
    west = Math.min(west, turn)
    east = Math.max(east, turn)
    south = Math.min(south, lat)
    north = Math.max(north, lat)
  }
  for (let i = 0; i <= STEPS; i++) {
    const x = grid.x0 + (width * i) / STEPS
    const y = grid.y0 - (height * i) / STEPS
    include(x, grid.y0)
    include(x, grid.y0 - height)
    include(grid.x0, y)
    include(grid.x0 + width, y)
  }
  for (const pole of [90, -90]) {
    const [x, y] = projection.forward(middle, pole)
    const inside = x >= grid.x0 && x <= grid.x0 + width && y <= grid.y0 && y >= grid.y0 - height
    if (inside) return pole > 0 ? [-180, south, 180, 90] : [-180, -90, 180, north]
  }
  return [wrap(middle + west), south, wrap(middle + east), north]
}

/** A longitude in -180 (inclusive) to 180 (exclusive) degrees. */
function wrap(lon: number): number {
  return ((((lon + 180) % 360) + 360) % 360) - 180
}
