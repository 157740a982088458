import { PATCH_PIXELS, PATCH_SIZE } from '../../src-shared/dataset/bands'
import { StudioError } from '../../src-shared/errors/studio-error'
import { readFloats } from './dataset-rows'
import type { SampleFile } from './sample-file'

/** The four pixels around the middle of the window, which is the footprint's centre to within 5 m along each axis. */
export const MIDDLE: readonly number[] = [-PATCH_SIZE - 1, -PATCH_SIZE, -1, 0].map(
  (at) => PATCH_PIXELS / 2 + PATCH_SIZE / 2 + at,
)
const LAYERS = 2

/** Altitude and slope in the middle of the window. */
export interface CentreTerrain {
  /** Metres. */
  altitude: number
  /** Percent or degrees, as the layer. */
  slope: number
}

const NONE: CentreTerrain = { altitude: NaN, slope: NaN }

/** The terrain of rows [start, start + count); NaN where a pixel has none, or its chunk is damaged. */
export function readCentreTerrain(file: SampleFile, start: number, count: number): CentreTerrain[] {
  try {
    return readTerrain(file, start, count)
  } catch (error) {
    if (!(error instanceof StudioError) || error.tag !== 'hdf5-read') throw error
    if (count === 1) return [NONE]
    return Array.from({ length: count }, (_, i) => readCentreTerrain(file, start + i, 1)[0])
  }
}

function readTerrain(file: SampleFile, start: number, count: number): CentreTerrain[] {
  const layers = readFloats(file, 'CopDEM', start, count)
  const middle = (layer: number): number =>
    MIDDLE.reduce((sum, pixel) => sum + layers[layer * PATCH_PIXELS + pixel], 0) / MIDDLE.length
  return Array.from({ length: count }, (_, i) => ({
    altitude: middle(LAYERS * i),
    slope: middle(LAYERS * i + 1),
  }))
}
