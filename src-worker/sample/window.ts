import type { Scene } from '../../src-shared/catalog/scene'
import { PATCH_SIZE, PIXEL_SIZE } from '../../src-shared/dataset/bands'

/** Where a footprint's 32 x 32 window lies in a scene. */
export interface PatchWindow {
  /** Footprint position in the scene's CRS, metres. */
  x: number
  y: number
  /** First column and row of the window on the scene's 10 m grid. */
  col0: number
  row0: number
}

/**
 * The window of a footprint at (x, y) on a scene's 10 m grid: `col0 = floor((x - x0) / 10 + 0.5) - 16`,
 * `row0 = floor((y0 - y) / 10 + 0.5) - 16`. Null where it does not lie wholly inside the raster.
 */
export function windowAt(grid: Scene['grid'], x: number, y: number): PatchWindow | null {
  const col0 = Math.floor((x - grid.x0) / PIXEL_SIZE + 0.5) - PATCH_SIZE / 2
  const row0 = Math.floor((grid.y0 - y) / PIXEL_SIZE + 0.5) - PATCH_SIZE / 2
  const inside = col0 >= 0 && row0 >= 0 && col0 + PATCH_SIZE <= grid.width && row0 + PATCH_SIZE <= grid.height
  return inside ? { x, y, col0, row0 } : null
}

/** x of the window's left edge and y of its upper edge, metres. */
export function windowOrigin(grid: Scene['grid'], window: PatchWindow): [x: number, y: number] {
  return [grid.x0 + window.col0 * PIXEL_SIZE, grid.y0 - window.row0 * PIXEL_SIZE]
}

/** Pixels of the 10 m grid that are sorted as one: the edge of a block in most Sentinel-2 COGs. */
const BLOCK_EDGE = 512
/** Blocks in a row of a scene at most; the largest raster has 10980 pixels, 22 blocks. */
const BLOCK_STRIDE = 1024

/** Where a window lies among the blocks of its scene, row by row, as one number to sort by. */
export function blockKey({ col0, row0 }: PatchWindow): number {
  return Math.floor(row0 / BLOCK_EDGE) * BLOCK_STRIDE + Math.floor(col0 / BLOCK_EDGE)
}
