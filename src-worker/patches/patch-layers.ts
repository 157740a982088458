import { BANDS, PATCH_PIXELS } from '../../src-shared/dataset/bands'
import { PRESETS, type Preset, type PresetDefinition } from '../../src-shared/patches/presets'
import type { PatchLayers } from '../../src-shared/patches/patch-values'
import { readClasses, readDigitalNumbers, readFloats } from './dataset-rows'
import { requireRow, type SampleFile } from './sample-file'

/** Which of the image datasets to read. */
export interface LayerChoice {
  bands: boolean
  landCover: boolean
  terrain: boolean
  biomass: boolean
}

export const ALL_LAYERS: LayerChoice = { bands: true, landCover: true, terrain: true, biomass: true }

/** What a preset shows. */
export function layersOf(preset: Preset): LayerChoice {
  const definition: PresetDefinition = PRESETS[preset]
  const layer = definition.kind === 'composite' ? 'bands' : definition.layer
  return {
    bands: layer === 'bands' || layer === 'ndvi' || layer === 'scl',
    landCover: layer === 'landCover',
    terrain: layer === 'altitude' || layer === 'slope',
    biomass: layer === 'biomass',
  }
}

const NONE = new Float32Array(0)

/**
 * The image layers of one sample; those that are not chosen are empty.
 * @throws StudioError `dataset-invalid` when there is no such row, `hdf5-read` when a chunk is damaged
 */
export function readLayers(file: SampleFile, row: number, choice: LayerChoice): PatchLayers {
  requireRow(file, row)
  const { slopeUnit } = file
  const numbers = choice.bands ? readDigitalNumbers(file, 'Sentinel-2 L2A', row, 1) : new Uint16Array(0)
  const terrain = choice.terrain ? readFloats(file, 'CopDEM', row, 1) : NONE
  return {
    bands: BANDS.map((_, band) => ({
      values: numbers.subarray(band * PATCH_PIXELS, (band + 1) * PATCH_PIXELS),
    })),
    landCover: choice.landCover ? readClasses(file, 'WorldCover', row, 1) : NONE,
    altitude: terrain.subarray(0, PATCH_PIXELS),
    slope: terrain.subarray(PATCH_PIXELS),
    slopeUnit,
    biomass: choice.biomass ? readFloats(file, 'AGBD Raster', row, 1) : NONE,
  }
}
