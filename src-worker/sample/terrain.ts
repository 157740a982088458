import type { LonLatGrid } from '../raster/lonlat-grid'
import { acrossSpacings } from './mixed-spacing'
import { planPatch, type OpenTile, type TilePatch } from './tile-patch'
import { groupBySpacing } from './tile-spacing'

/**
 * What to read of which tiles for bilinear interpolation at a grid of positions: one patch, or, where the spacing of
 * pixels changes from tile to tile nearby, one for each spacing, over the same positions. Empty where no tile is near.
 */
export function planTerrain(tiles: readonly OpenTile[], grid: LonLatGrid): TilePatch[] {
  return groupBySpacing(tiles).flatMap((group) => {
    const patch = planPatch(group, grid, 1)
    return patch === null || patch.tiles.length === 0 ? [] : [patch]
  })
}

/**
 * Altitudes at the positions of the patches of planTerrain.
 * @param mosaics pixels of each patch, NaN where missing
 * @returns float32 metres, or null where the pixel that holds a position is missing
 */
export function interpolateTerrain(
  patches: readonly TilePatch[],
  mosaics: readonly Float64Array[],
): Float32Array | null {
  return patches.length === 1 ? interpolateBilinear(patches[0], mosaics[0]) : acrossSpacings(patches, mosaics)
}

/**
 * Bilinear interpolation at every position of a patch, missing pixels (NaN) left out of the weights, in float32
 * as the DEM is stored. GDAL's convention: pixel centre = index + 0.5, first neighbour i = floor(s - 0.5) with
 * weight 1.5 - (s - i).
 * @param mosaic pixels of the patch, NaN where missing
 * @returns the values, or null where the pixel that holds a position is missing
 */
function interpolateBilinear(patch: TilePatch, mosaic: Float64Array): Float32Array | null {
  const { width } = patch.rect
  const out = new Float32Array(patch.cols.length)
  for (let i = 0; i < out.length; i++) {
    const col = patch.cols[i]
    const row = patch.rows[i]
    if (Number.isNaN(mosaic[Math.floor(row) * width + Math.floor(col)])) return null
    const left = Math.floor(col - 0.5)
    const top = Math.floor(row - 0.5)
    const wx = 1.5 - (col - left)
    const wy = 1.5 - (row - top)
    const at = top * width + left
    const a = mosaic[at]
    const b = mosaic[at + 1]
    const c = mosaic[at + width]
    const d = mosaic[at + width + 1]
    const value = (a * wx + b * (1 - wx)) * wy + (c * wx + d * (1 - wx)) * (1 - wy)
    out[i] = Number.isNaN(value) ? renormalised(a, b, c, d, wx, wy) : value
  }
  return out
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
