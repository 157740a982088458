import { PATCH_PIXELS, PATCH_SIZE } from '../../src-shared/dataset/bands'
import { readFloats } from './dataset-rows'
import type { SampleFile } from './sample-file'

/** The four pixels around the middle of the window, which is the footprint's centre to within 5 m along each axis. */
const MIDDLE = [-PATCH_SIZE - 1, -PATCH_SIZE, -1, 0].map((at) => PATCH_PIXELS / 2 + PATCH_SIZE / 2 + at)
const LAYERS = 2

/** Altitude and slope in the middle of the window. */
export interface CentreTerrain {
  /** Metres. */
  altitude: number
  /** Percent or degrees, as the layer. */
  slope: number
}

/**
 * The terrain of rows [start, start + count); NaN where a pixel has none.
 * @throws StudioError `hdf5-read` when a chunk is damaged
 */
export function readCentreTerrain({ reader }: SampleFile, start: number, count: number): CentreTerrain[] {
  const layers = readFloats(reader, 'CopDEM', start, count)
  const middle = (layer: number): number =>
    MIDDLE.reduce((sum, pixel) => sum + layers[layer * PATCH_PIXELS + pixel], 0) / MIDDLE.length
  return Array.from({ length: count }, (_, i) => ({
    altitude: middle(LAYERS * i),
    slope: middle(LAYERS * i + 1),
  }))
}
