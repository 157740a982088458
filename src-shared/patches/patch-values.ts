import { AGBD_NODATA, BAND_NAMES, PATCH_PIXELS, type BandName } from '../dataset/bands'
import type { RampPreset } from './presets'

/** Numbers of a layer; null and NaN are no data. */
type Layer = ArrayLike<number | null>

/**
 * The layers of one sample that pictures are made of, 32 x 32 each, row by row from the north-west corner. A
 * `PatchDetail` is one. Layers that a preset does not show may be empty.
 */
export interface PatchLayers {
  /** The 12 bands in the order of the dataset: reflectance x 10,000, 0 is no data; SCL classes. */
  bands: readonly { values: ArrayLike<number> }[]
  /** ESA WorldCover class, 0 is no data. */
  landCover: ArrayLike<number>
  /** Altitude, m. */
  altitude: Layer
  /** Slope, in `slopeUnit`. */
  slope: Layer
  slopeUnit: '%' | '°'
  /** AGBD, Mg/ha. */
  biomass: Layer
}

/** DN of reflectance 1: the dataset's values follow the convention before processing baseline 04.00, without offset. */
export const REFLECTANCE_SCALE = 10_000

export function bandValues(patch: PatchLayers, name: BandName): ArrayLike<number> {
  return patch.bands[BAND_NAMES.indexOf(name)].values
}

/** The values that a preset shows along its ramp; NaN where there are none. */
export function rampValues(patch: PatchLayers, layer: RampPreset['layer']): Float32Array {
  return layer === 'ndvi' ? ndvi(patch) : withoutFill(patch[layer])
}

/** (B08 - B04) / (B08 + B04), -1 to 1. */
function ndvi(patch: PatchLayers): Float32Array {
  const [red, infrared] = [bandValues(patch, 'B04'), bandValues(patch, 'B08')]
  const values = new Float32Array(PATCH_PIXELS)
  for (let i = 0; i < PATCH_PIXELS; i++) values[i] = (infrared[i] - red[i]) / (infrared[i] + red[i])
  return values
}

function withoutFill(layer: Layer): Float32Array {
  const values = new Float32Array(PATCH_PIXELS)
  for (let i = 0; i < PATCH_PIXELS; i++) {
    const value = layer[i] ?? NaN
    values[i] = value === AGBD_NODATA ? NaN : value
  }
  return values
}
