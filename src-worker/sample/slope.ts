import { CENTRE_FIRST, CENTRE_LAST, PATCH_SIZE, PIXEL_SIZE } from '../../src-shared/dataset/bands'

export type SlopeUnit = 'percent' | 'degrees'

/** Edge of the altitude grid that slope is computed from: the window plus one pixel all round. */
export const TERRAIN_SIZE = PATCH_SIZE + 2

/**
 * Slope by Horn's method (1981: third-order finite differences over 3 x 3 pixels, as `gdaldem slope`).
 * @param altitude 34 x 34 metres, on a 10 m grid
 * @param out 32 x 32, percent or degrees
 */
export function hornSlope(altitude: ArrayLike<number>, unit: SlopeUnit, out: Float32Array): void {
  const w = TERRAIN_SIZE
  for (let row = 0, i = 0; row < PATCH_SIZE; row++) {
    for (let col = 0; col < PATCH_SIZE; col++, i++) {
      const a = row * w + col
      const d = a + w
      const g = d + w
      const eastward =
        altitude[a + 2] +
        2 * altitude[d + 2] +
        altitude[g + 2] -
        (altitude[a] + 2 * altitude[d] + altitude[g])
      const southward =
        altitude[g] +
        2 * altitude[g + 1] +
        altitude[g + 2] -
        (altitude[a] + 2 * altitude[a + 1] + altitude[a + 2])
      const rise = Math.sqrt(eastward * eastward + southward * southward) / (8 * PIXEL_SIZE)
      out[i] = unit === 'percent' ? 100 * rise : (Math.atan(rise) * 180) / Math.PI
    }
  }
}

/** Whether any of the 16 centre pixels of a 32 x 32 slope layer is above the limit. */
export function steepAtCentre(slope: Float32Array, limit: number): boolean {
  for (let row = CENTRE_FIRST; row <= CENTRE_LAST; row++) {
    for (let col = CENTRE_FIRST; col <= CENTRE_LAST; col++) {
      if (slope[row * PATCH_SIZE + col] > limit) return true
    }
  }
  return false
}
