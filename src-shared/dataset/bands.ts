/**
 * The 12 bands of a sample in their order in the dataset, with the ground sampling distance in metres at which
 * Sentinel-2 L2A delivers them.
 */
export const BANDS = [
  { name: 'SCL', resolution: 20 },
  { name: 'B02', resolution: 10 },
  { name: 'B03', resolution: 10 },
  { name: 'B04', resolution: 10 },
  { name: 'B05', resolution: 20 },
  { name: 'B06', resolution: 20 },
  { name: 'B07', resolution: 20 },
  { name: 'B08', resolution: 10 },
  { name: 'B8A', resolution: 20 },
  { name: 'B09', resolution: 60 },
  { name: 'B11', resolution: 20 },
  { name: 'B12', resolution: 20 },
] as const

export type BandName = (typeof BANDS)[number]['name']

export const BAND_NAMES: readonly BandName[] = BANDS.map((band) => band.name)

/** Edge of a patch in pixels, and of a pixel in metres. */
export const PATCH_SIZE = 32
export const PIXEL_SIZE = 10

/** Pixels of one layer of a patch. */
export const PATCH_PIXELS = PATCH_SIZE * PATCH_SIZE

/** The 16 centre pixels are those with row and column in this closed range. */
export const CENTRE_FIRST = 14
export const CENTRE_LAST = 17

/** Value of pixels outside the footprint's disc in the biomass raster, Mg/ha. */
export const AGBD_NODATA = -9999
