import { BAND_NAMES, type BandName } from '../../src-shared/dataset/bands'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { REFLECTANCE_SCALE } from '../../src-shared/patches/patch-values'
import { WAVELENGTHS } from '../../src-shared/patches/wavelengths'

/** What one band says of a place. */
export interface SpectrumPoint {
  band: BandName
  /** Central wavelength, nm. */
  wavelength: number
  /** Reflectance, 0 to about 1; null where there is no data. */
  reflectance: number | null
}

/** The bands that have a wavelength, in its order, which is that of the dataset. */
export const SPECTRAL_BANDS: readonly Pick<SpectrumPoint, 'band' | 'wavelength'>[] = BAND_NAMES.flatMap(
  (band) => {
    const wavelength = WAVELENGTHS[band]
    return wavelength === null ? [] : [{ band, wavelength }]
  },
)

/** Reflectance of each spectral band as the mean over some pixels; pixels without data (0) are left out. */
export function spectrumOf(patch: PatchDetail, pixels: readonly number[]): SpectrumPoint[] {
  return patch.bands.flatMap(({ name, wavelength, values }) =>
    wavelength === null ? [] : [{ band: name, wavelength, reflectance: meanReflectance(values, pixels) }],
  )
}

function meanReflectance(values: readonly number[], pixels: readonly number[]): number | null {
  const valid = pixels.map((pixel) => values[pixel]).filter((value) => value > 0)
  if (valid.length === 0) return null
  return valid.reduce((sum, value) => sum + value, 0) / valid.length / REFLECTANCE_SCALE
}

/** The pixels that the footprint touches: those of the biomass raster that have a value. */
export function footprintPixels({ biomass }: PatchDetail): number[] {
  return biomass.flatMap((value, pixel) => (value === null ? [] : [pixel]))
}

/** All pixels of the window. */
export function windowPixels({ biomass }: PatchDetail): number[] {
  return biomass.map((_, pixel) => pixel)
}

/** Upper ends that an axis of reflectance may have. */
const TOPS = [0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1, 1.5, 2]

/** The end of an axis that holds all these spectra. */
export function reflectanceTop(spectra: readonly (readonly SpectrumPoint[])[]): number {
  const highest = Math.max(0, ...spectra.flat().map(({ reflectance }) => reflectance ?? 0))
  return TOPS.find((top) => top >= highest) ?? highest
}
