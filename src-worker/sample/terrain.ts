import type { LonLatGrid, LonLatSquare } from '../raster/lonlat-grid'
import { acrossSpacings } from './mixed-spacing'
import { planPatch, type OpenTile, type PatchPixels, type TilePatch } from './tile-patch'
import { groupBySpacing } from './tile-spacing'

/**
 * What to read of which tiles for bilinear interpolation at a square of positions: one patch, or, where the spacing of
 * pixels changes from tile to tile nearby, one for each spacing, over the same positions. Empty where no tile is near.
 */
export function planTerrain(tiles: readonly OpenTile[], square: LonLatSquare, grid: LonLatGrid): TilePatch[] {
  return groupBySpacing(tiles).flatMap((group) => {
    const patch = planPatch(group, square, grid, 1)
    return patch === null || patch.tiles.length === 0 ? [] : [patch]
  })
}

/**
 * Altitudes at the positions of the patches of planTerrain.
 * @param out metres, one a position
 * @returns whether there is one for all: not where the pixel that holds a position is missing
 */
export function interpolateTerrain(patches: readonly PatchPixels[], out: Float32Array): boolean {
  return patches.length === 1 ? interpolateBilinear(patches[0], out) : acrossSpacings(patches, out)
}

/**
 * Bilinear interpolation at every position of a patch, missing pixels (NaN) left out of the weights, in float32
 * as the DEM is stored. GDAL's convention: pixel centre = index + 0.5, first neighbour i = floor(s - 0.5) with
 * weight 1.5 - (s - i).
 * @returns whether the pixels that hold the positions are all there
 */
function interpolateBilinear(
  { rect: { width }, cols, rows, pixels }: PatchPixels,
  out: Float32Array,
): boolean {
  for (let i = 0; i < out.length; i++) {
    const col = cols[i]
    const row = rows[i]
    if (Number.isNaN(pixels[Math.floor(row) * width + Math.floor(col)])) return false
    const left = Math.floor(col - 0.5)
    const top = Math.floor(row - 0.5)
    const wx = 1.5 - (col - left)
    const wy = 1.5 - (row - top)
    const at = top * width + left
    const a = pixels[at]
    const b = pixels[at + 1]
    const c = pixels[at + width]
    const d = pixels[at + width + 1]
    const value = (a * wx + b * (1 - wx)) * wy + (c * wx + d * (1 - wx)) * (1 - wy)
    out[i] = Number.isNaN(value) ? renormalised(a, b, c, d, wx, wy) : value
  }
  return true
}

function renormalised(a: number, b: number, c: number, d: number, wx: number, wy: number): number {
  let sum = 0
  let weights = 0
  const add = (value: number, weight: number): void => {
    if (Number.isNaN(value)) return
    sum += value * weight
    weights += weight
  }
  add(a, wx * wy)
  add(b, (1 - wx) * wy)
  add(c, wx * (1 - wy))
  add(d, (1 - wx) * (1 - wy))
  return sum / weights
}
