import { z } from 'zod'
import type { Hdf5Reader } from './file-reader'
import { datasetPath } from './samples-file'

const TERRAIN = datasetPath('CopDEM')
const notedSettings = z.object({ slopeUnit: z.string() })

/**
 * Unit of the slope layer of a batch or dataset file: after the settings noted on the root, else after the layer's own
 * attribute; percent where there are neither.
 * @throws StudioError `hdf5-read`
 */
export function slopeUnitOf(file: Hdf5Reader): '%' | '°' {
  const unit = settingOf(file.attribute('/', 'settings')) ?? attributeOf(file)
  return unit === 'degrees' ? '°' : '%'
}

function settingOf(settings: unknown): string | undefined {
  try {
    return notedSettings.parse(JSON.parse(String(settings))).slopeUnit
  } catch {
    return undefined
  }
}

function attributeOf(file: Hdf5Reader): string | undefined {
  const units = file.has(TERRAIN) ? file.attribute(TERRAIN, 'band_units') : undefined
  return Array.isArray(units) ? units.at(1) : undefined
}
