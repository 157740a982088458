import { PATCH_SIZE, PIXEL_SIZE } from '../../src-shared/dataset/bands'
import { utmProjection } from '../raster/projection'

/** Edge of a patch, metres. */
export const PATCH_EDGE = PATCH_SIZE * PIXEL_SIZE

/** Patches of a split, one entry each. */
export interface Patches {
  /** Footprint, WGS 84 degrees. */
  lon: Float64Array
  lat: Float64Array
  /** UTM zone of the window, EPSG code. */
  epsg: Uint16Array
  /** Upper left corner of the window, metres of its zone. */
  left: Int32Array
  top: Int32Array
}

/** Room for `count` patches. */
export function patchesFor(count: number): Patches {
  return {
    lon: new Float64Array(count),
    lat: new Float64Array(count),
    epsg: new Uint16Array(count),
    left: new Int32Array(count),
    top: new Int32Array(count),
  }
}

/**
 * Places the window of a footprint that is not cut yet: in the UTM zone of its longitude, on the 10 m grid that all
 * Sentinel-2 tiles of a zone share, as SPEC 3 puts it. Near the border of a zone it may be cut in the next one.
 */
export function placeWindow(patches: Patches, i: number): void {
  const [lon, lat] = [patches.lon[i], patches.lat[i]]
  const zone = Math.min(60, Math.max(1, Math.floor((lon + 180) / 6) + 1))
  const epsg = (lat < 0 ? 32700 : 32600) + zone
  const [x, y] = utmProjection(epsg).forward(lon, lat)
  patches.epsg[i] = epsg
  patches.left[i] = PIXEL_SIZE * (Math.floor(x / PIXEL_SIZE + 0.5) - PATCH_SIZE / 2)
  patches.top[i] = PIXEL_SIZE * (PATCH_SIZE / 2 - Math.floor(0.5 - y / PIXEL_SIZE))
}

/**
 * Whether two windows share pixels. In one zone that is exact. Windows of different zones share ground but no pixel of a
 * grid; they count where the centre of `a`, in the zone of `b`, is less than an edge away in both directions.
 */
export function sharePixels(a: Patches, i: number, b: Patches, j: number): boolean {
  let [left, top] = [a.left[i], a.top[i]]
  if (a.epsg[i] !== b.epsg[j]) {
    const half = PATCH_EDGE / 2
    const place = utmProjection(a.epsg[i]).inverse(left + half, top - half)
    const [x, y] = utmProjection(b.epsg[j]).forward(...place)
    ;[left, top] = [x - half, y + half]
  }
  return Math.abs(left - b.left[j]) < PATCH_EDGE && Math.abs(top - b.top[j]) < PATCH_EDGE
}
