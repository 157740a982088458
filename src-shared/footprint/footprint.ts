import { z } from 'zod'

export const SPLITS = ['train', 'test'] as const
export type Split = (typeof SPLITS)[number]

/** Columns of the combined and subset tables, in their order (`;`-separated, with this header). */
export const TABLE_COLUMNS = [
  'agbd',
  'agbd_se',
  'lon_lowestmode',
  'lat_lowestmode',
  'shot_number',
  'delta_time',
  'l2_quality_flag',
  'l4_quality_flag',
  'surface_flag',
  'GEDI Filename',
  'acquisition_time',
] as const
export type TableColumn = (typeof TABLE_COLUMNS)[number]

/** A digit string: 64-bit shot numbers are never held in a JS number. */
export const shotNumberSchema = z.string().regex(/^\d{1,20}$/, 'a shot number is a string of digits')

/** One row of a subset table as the cutting of samples needs it. */
export const footprintSchema = z.object({
  /** Row of the footprint in its subset table, from 0; the order of samples in the dataset file. */
  index: z.int().nonnegative(),
  /** Exact 64-bit shot number as digits. */
  shotNumber: shotNumberSchema,
  /** WGS 84 longitude and latitude, degrees. */
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  /** Aboveground biomass density and its standard error, Mg/ha, values of float32. */
  agbd: z.number(),
  agbdSe: z.number(),
  /** Seconds since 2018-01-01T00:00:00Z, float64. */
  deltaTime: z.number(),
  /** Granule file name. */
  granule: z.string(),
  /** Time of the granule, milliseconds since 1970-01-01 UTC. */
  acquisitionTime: z.number(),
})

export type Footprint = z.infer<typeof footprintSchema>
