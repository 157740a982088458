import { AGBD_NODATA, PATCH_SIZE, PIXEL_SIZE } from '../../src-shared/dataset/bands'

/** Radius of a GEDI footprint in metres (25 m diameter). */
export const FOOTPRINT_RADIUS = 12.5

/**
 * Writes the footprint's AGBD into every pixel that its disc touches (distance from the centre to the pixel's
 * square at most 12.5 m), -9999 elsewhere.
 * @param left x of the window's left edge, metres
 * @param top y of the window's upper edge, metres
 * @param out 32 x 32, Mg/ha
 */
export function rasteriseBiomass(
  agbd: number,
  x: number,
  y: number,
  left: number,
  top: number,
  out: Float32Array,
): void {
  out.fill(AGBD_NODATA)
  for (let row = 0; row < PATCH_SIZE; row++) {
    const dy = distanceToInterval(y, top - (row + 1) * PIXEL_SIZE, top - row * PIXEL_SIZE)
    if (dy > FOOTPRINT_RADIUS) continue
    for (let col = 0; col < PATCH_SIZE; col++) {
      const dx = distanceToInterval(x, left + col * PIXEL_SIZE, left + (col + 1) * PIXEL_SIZE)
      if (dx * dx + dy * dy <= FOOTPRINT_RADIUS * FOOTPRINT_RADIUS) out[row * PATCH_SIZE + col] = agbd
    }
  }
}

function distanceToInterval(value: number, low: number, high: number): number {
  return Math.max(low - value, value - high, 0)
}
