import { expect, it } from 'vitest'
import { PATCH_PIXELS } from '../../src-shared/dataset/bands'
import { patchDetail } from './patch-detail-fixture'
import { footprintPixels, reflectanceTop, SPECTRAL_BANDS, spectrumOf, windowPixels } from './spectrum'

it('a spectrum is the mean over its pixels, as reflectance, in the order of the wavelengths', () => {
  const patch = patchDetail({ bands: { B04: (pixel) => 100 + pixel, B12: () => 2500 } })
  const points = spectrumOf(patch, [0, 2])
  expect(points.map(({ band }) => band)).toEqual(SPECTRAL_BANDS.map(({ band }) => band))
  expect(points.map(({ wavelength }) => wavelength)).toEqual(
    [...points.map(({ wavelength }) => wavelength)].sort((a, b) => a - b),
  )
  expect(points.find(({ band }) => band === 'B04')?.reflectance).toBeCloseTo(0.0101, 10)
  expect(points.find(({ band }) => band === 'B12')?.reflectance).toBe(0.25)
})

it('pixels without data are left out of the mean, and a band without any has none', () => {
  const patch = patchDetail({ bands: { B02: (pixel) => (pixel === 1 ? 0 : 400), B03: () => 0 } })
  const [blue, green] = spectrumOf(patch, [0, 1])
  expect(blue.reflectance).toBe(0.04)
  expect(green.reflectance).toBeNull()
})

it('the footprint is where the biomass raster has values', () => {
  const patch = patchDetail({ biomass: (pixel) => (pixel === 5 || pixel === 40 ? 120 : null) })
  expect(footprintPixels(patch)).toEqual([5, 40])
  expect(windowPixels(patch)).toHaveLength(PATCH_PIXELS)
})

it('the axis ends at a round reflectance that holds all lines', () => {
  const line = (reflectance: number | null) => [{ band: 'B02', wavelength: 490, reflectance } as const]
  expect(reflectanceTop([])).toBe(0.1)
  expect(reflectanceTop([line(null)])).toBe(0.1)
  expect(reflectanceTop([line(0.05), line(0.31)])).toBe(0.4)
  expect(reflectanceTop([line(3.2)])).toBe(3.2)
})
