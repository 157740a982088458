import { z } from 'zod'
import { BAND_NAMES, BANDS, PATCH_PIXELS, type BandName } from '../dataset/bands'
import { SCL_CLASS_COUNT } from '../dataset/scl'
import { shotNumberSchema, SPLITS } from '../footprint/footprint'

/** Values of a layer, row by row from the north-west corner. */
const integersSchema = z.array(z.int()).length(PATCH_PIXELS)
/** Likewise, null where there is no data. */
const numbersSchema = z.array(z.number().nullable()).length(PATCH_PIXELS)

export const patchDetailRequestSchema = z.object({
  file: z.string(),
  row: z.int().nonnegative(),
  /** Whether the file may lack datasets. */
  partly: z.boolean().optional(),
})
export type PatchDetailRequest = z.infer<typeof patchDetailRequestSchema>

/** Everything that a batch or dataset file says of one sample. Numbers that are not finite are null. */
export const patchDetailSchema = z.object({
  file: z.string(),
  row: z.int().nonnegative(),
  /** Version of the file, as in the list of patches. */
  version: z.string(),
  /** As the file says; null where it does not. */
  split: z.enum(SPLITS).nullable(),

  /** The 12 bands in the order of the dataset. */
  bands: z
    .array(
      z.object({
        name: z.enum(BAND_NAMES as [BandName, ...BandName[]]),
        /** Central wavelength, nm; null for SCL. */
        wavelength: z.number().nullable(),
        /** Reflectance x 10,000, 0 is no data; of SCL the class. */
        values: integersSchema,
      }),
    )
    .length(BANDS.length),
  /** ESA WorldCover class. */
  landCover: integersSchema,
  /** Altitude, m. */
  altitude: numbersSchema,
  /** Slope, in `slopeUnit`. */
  slope: numbersSchema,
  slopeUnit: z.enum(['%', '°']),
  /** AGBD, Mg/ha, in the pixels that the footprint touches; null elsewhere. */
  biomass: numbersSchema,

  /** Affine transform of the window, row-major 3 x 3, from column and row to easting and northing in metres. */
  transform: z.array(z.number().nullable()).length(9),
  /** As the file has it, `EPSG:32632`, and its number; null where the text is another one. */
  crs: z.string(),
  epsg: z.int().nullable(),

  /** WGS 84, degrees, to the precision of float32 (about half a metre). */
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  /** Where the footprint's centre lies: easting and northing in metres, and column and row in pixels from the north-west
   * corner of the window (16, 16 is its middle). Null where position, CRS or transform are missing. */
  centre: z.object({ x: z.number(), y: z.number(), column: z.number(), row: z.number() }).nullable(),

  /** 0 where the file has none. */
  shotNumber: shotNumberSchema,
  /** Aboveground biomass density and its standard error, Mg/ha. */
  agbd: z.number().nullable(),
  agbdSe: z.number().nullable(),
  /** File name of the GEDI L4A granule. */
  granule: z.string(),
  /** Time of the granule as the file has it, `2020-06-07T04:11:09Z`. */
  acquisitionTime: z.string(),
  /** Time of the shot: seconds since 2018-01-01T00:00:00Z, and the same as ISO time with milliseconds. */
  deltaTime: z.number().nullable(),
  shotTime: z.string().nullable(),

  /** Sentinel-2 product, and when it was sensed, `2020-06-09T10:21:31Z`; null where its name does not say. */
  product: z.string(),
  sceneTime: z.string().nullable(),
  landCoverTile: z.string(),
  demTile: z.string(),
  /** Classes of the scene classification, 0 to 11, with their share of the window as the file has it. */
  sclShares: z.array(z.object({ label: z.string(), share: z.number().nullable() })).length(SCL_CLASS_COUNT),
})
export type PatchDetail = z.infer<typeof patchDetailSchema>
