import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { isUtm, utmProjection } from '../raster/projection'

/** `EPSG:32632` -> 32632; null for any other text. */
export function epsgOf(crs: string): number | null {
  const match = /^EPSG:(\d{1,9})$/.exec(crs)
  return match === null ? null : Number(match[1])
}

/**
 * Where a footprint lies in its window.
 * @param lon degrees, as `lat`
 * @param transform affine, row-major 3 x 3, from column and row to metres
 * @returns metres and pixels, see PatchDetail; null where the CRS is no UTM zone or a number is missing
 */
export function footprintCentre(
  lon: number,
  lat: number,
  epsg: number | null,
  transform: ArrayLike<number>,
): PatchDetail['centre'] {
  if (epsg === null || !isUtm(epsg) || !Number.isFinite(lon) || !Number.isFinite(lat)) return null
  const [x, y] = utmProjection(epsg).forward(lon, lat)
  const [a, b, left, d, e, top] = Array.from(transform)
  const determinant = a * e - b * d
  const column = (e * (x - left) - b * (y - top)) / determinant
  const row = (a * (y - top) - d * (x - left)) / determinant
  return [x, y, column, row].every(Number.isFinite) ? { x, y, column, row } : null
}
