import { PATCH_PIXELS, PATCH_SIZE, PIXEL_SIZE } from '../dataset/bands'

/** Direction of the light: from the north-west, half way up the sky, as maps are lit by custom. */
const AZIMUTH = (315 * Math.PI) / 180
const ELEVATION = Math.PI / 4

/** Light on level ground, of 1 on ground that faces the sun. */
export const LEVEL_LIGHT = Math.sin(ELEVATION)

/**
 * How much light falls on each pixel, 0 to 1: the cosine between the surface's normal and the light. Gradients are
 * central differences (Zevenbergen and Thorne 1987, as `gdaldem hillshade -alg ZevenbergenThorne`), one-sided at the
 * edge of the patch.
 * @param altitude 32 x 32 metres on the 10 m grid; NaN where there is none, which makes its neighbours NaN too
 */
export function hillshade(altitude: ArrayLike<number>): Float32Array {
  const light = new Float32Array(PATCH_PIXELS)
  const eastward = Math.sin(AZIMUTH) * Math.cos(ELEVATION)
  const northward = Math.cos(AZIMUTH) * Math.cos(ELEVATION)
  for (let row = 0, i = 0; row < PATCH_SIZE; row++) {
    const [above, below] = neighbours(row)
    for (let column = 0; column < PATCH_SIZE; column++, i++) {
      const [left, right] = neighbours(column)
      const line = row * PATCH_SIZE
      const dx = (altitude[line + right] - altitude[line + left]) / ((right - left) * PIXEL_SIZE)
      const dy =
        (altitude[above * PATCH_SIZE + column] - altitude[below * PATCH_SIZE + column]) /
        ((below - above) * PIXEL_SIZE)
      const cosine = (LEVEL_LIGHT - dx * eastward - dy * northward) / Math.sqrt(1 + dx * dx + dy * dy)
      light[i] = Math.max(0, cosine)
    }
  }
  return light
}

/** The pixels before and after one along an axis; at an end the pixel itself. */
function neighbours(at: number): [before: number, after: number] {
  return [Math.max(at - 1, 0), Math.min(at + 1, PATCH_SIZE - 1)]
}
