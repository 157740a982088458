import type { BandName } from '../dataset/bands'

/**
 * Nominal central wavelength of each band, nm, after the Sentinel-2 User Handbook (ESA, issue 1.2, spatial and
 * spectral resolution); those of the single satellites differ from it by a few nm. SCL has none.
 */
export const WAVELENGTHS: Readonly<Record<BandName, number | null>> = {
  SCL: null,
  B02: 490,
  B03: 560,
  B04: 665,
  B05: 705,
  B06: 740,
  B07: 783,
  B08: 842,
  B8A: 865,
  B09: 945,
  B11: 1610,
  B12: 2190,
}
