import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { REFLECTANCE_SCALE } from '../../src-shared/patches/patch-values'
import { formatNumber } from '../parts/format'
import { className } from './class-names'
import { pixelIndex, type Pixel } from './pixel'

/** One line of what a pixel holds. */
export interface PixelValue {
  name: string
  /** What the name means where that is not plain: the wavelength. */
  note: string | null
  /** The value with its unit; a dash where there is none. */
  value: string
}

const NONE = '–'

/** All layers of a pixel: the twelve bands, then terrain, land cover and biomass. */
export function pixelValues(patch: PatchDetail, pixel: Pixel): PixelValue[] {
  const at = pixelIndex(pixel)
  const bands = patch.bands.map(({ name, wavelength, values }) => ({
    name,
    note: wavelength === null ? null : `${wavelength} nm`,
    value: wavelength === null ? className('scl', values[at]) : reflectance(values[at]),
  }))
  return [
    ...bands,
    line('Altitude', measured(patch.altitude[at], 'm', 1)),
    line('Slope', measured(patch.slope[at], patch.slopeUnit, 1)),
    line('Land cover', className('landCover', patch.landCover[at])),
    line('Biomass', measured(patch.biomass[at], 'Mg/ha', 1)),
  ]
}

/** The same as one sentence, for those who have it read out. */
export function pixelSentence(patch: PatchDetail, pixel: Pixel): string {
  const values = pixelValues(patch, pixel).map(
    ({ name, value }) => `${name} ${value === NONE ? 'none' : value}`,
  )
  return `Column ${pixel.column}, row ${pixel.row}: ${values.join(', ')}.`
}

function line(name: string, value: string): PixelValue {
  return { name, note: null, value }
}

/** Reflectance of a stored number; 0 is no data. */
function reflectance(value: number): string {
  return value === 0 ? NONE : (value / REFLECTANCE_SCALE).toFixed(4)
}

function measured(value: number | null, unit: string, decimals: number): string {
  return value === null ? NONE : `${formatNumber(Number(value.toFixed(decimals)), 6)} ${unit}`
}
