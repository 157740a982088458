import type { PatchPixels } from './tile-patch'

/** A patch with its pixels; `rowShift` added to a row of the first patch gives the row of this one. */
interface Layer {
  width: number
  height: number
  cols: Float64Array
  pixels: Float64Array
  rowShift: number
}

/**
 * Bilinear interpolation over tiles whose pixels differ in width, but not in height: each of the two rows about a
 * position is interpolated along its own pixels, then the two by latitude. Within one spacing that is plain bilinear
 * interpolation; across a seam it leaves no steps, which taking one tile's pixels over into the other's grid would.
 * @param patches over the same positions, one for each width of pixels
 * @param out the values, one a position
 * @returns whether the pixels that hold the positions are all there
 */
export function acrossSpacings(patches: readonly PatchPixels[], out: Float32Array): boolean {
  const first = patches.at(0)
  if (first === undefined) return false
  const layers = patches.map(({ rect, cols, rows, pixels }): Layer => {
    const rowShift = Math.round(rows[0] - first.rows[0])
    return { width: rect.width, height: rect.height, cols, pixels, rowShift }
  })
  for (let i = 0; i < out.length; i++) {
    const row = first.rows[i]
    const top = Math.floor(row - 0.5)
    const upperWeight = 1.5 - (row - top)
    const upper = alongRow(layers, top, i)
    const lower = alongRow(layers, top + 1, i)
    const nearest = Math.floor(row) === top ? upper : lower
    if (Number.isNaN(nearest)) return false
    const value = upper * upperWeight + lower * (1 - upperWeight)
    out[i] = Number.isNaN(value) ? nearest : value
  }
  return true
}

/** The value of a row at a position, from the layer that has it; NaN where none has the pixel that holds the position. */
function alongRow(layers: readonly Layer[], rowOfFirst: number, i: number): number {
  for (const { width, height, cols, pixels, rowShift } of layers) {
    const row = rowOfFirst + rowShift
    if (row < 0 || row >= height) continue
    const left = Math.floor(cols[i] - 0.5)
    const leftWeight = 1.5 - (cols[i] - left)
    const a = pixels[row * width + left]
    const b = pixels[row * width + left + 1]
    const nearest = Math.floor(cols[i]) === left ? a : b
    if (Number.isNaN(nearest)) continue
    const value = a * leftWeight + b * (1 - leftWeight)
    return Number.isNaN(value) ? nearest : value
  }
  return NaN
}
