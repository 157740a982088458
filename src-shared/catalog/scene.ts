import { z } from 'zod'
import { BAND_NAMES, type BandName } from '../dataset/bands'

/** West, south, east, north in degrees; west above east where it crosses the antimeridian. */
export const boundsSchema = z.tuple([z.number(), z.number(), z.number(), z.number()])
export type Bounds = z.infer<typeof boundsSchema>

const bandHrefs = z.object(
  Object.fromEntries(BAND_NAMES.map((name) => [name, z.string()])) as Record<BandName, z.ZodString>,
)

/** A Sentinel-2 L2A scene, as the program uses it, whatever it was described by. */
export const sceneSchema = z.object({
  /** Id in its catalog; unique within a run and the last tie-breaker of the scene choice. */
  id: z.string(),
  /** Product name without `.SAFE`, as written into the dataset. */
  product: z.string(),
  /** Sensing time, milliseconds since 1970-01-01 UTC. */
  datetime: z.number(),
  /** Percent, 0 to 100. */
  cloudCover: z.number(),
  /** Processing baseline as two numbers, `05.00` -> 5, or null where unknown. */
  baseline: z.number().nullable(),
  /** EPSG code of the UTM zone, 32601..32660 or 32701..32760. */
  epsg: z.int(),
  /** Grid of the 10 m raster: x of its left edge, y of its upper edge in metres, size in pixels. */
  grid: z.object({ x0: z.number(), y0: z.number(), width: z.int(), height: z.int() }),
  /**
   * Number added to every pixel above 0 of each band (order of BANDS), the result floored at 0, to bring values
   * to the convention before baseline 04.00: -1000 or 0.
   */
  addOffsets: z.array(z.number()).length(BAND_NAMES.length),
  bounds: boundsSchema,
  /** Id of its STAC collection, where it has one; tells which token its files want. */
  collection: z.string().optional(),
  /** Absolute path or URL of each band's raster. */
  bands: bandHrefs,
})
export type Scene = z.infer<typeof sceneSchema>

/** One tile of the Copernicus DEM or of ESA WorldCover. */
export const tileSchema = z.object({
  /** File name without extension, as written into the dataset. */
  name: z.string(),
  /** Absolute path or URL. */
  href: z.string(),
  /** Nominal cell of the tile, from its name or its item. */
  bounds: boundsSchema,
  /** Map year for land cover (2020 or 2021), null for terrain. */
  year: z.int().nullable(),
  /** Id of its STAC collection, where it has one; tells which token its file wants. */
  collection: z.string().optional(),
  /**
   * Whether the tile is only assumed to exist, from the grid of names of a public bucket: a server that does not have it
   * (404) means ocean, not an error.
   */
  assumed: z.boolean().optional(),
})
export type Tile = z.infer<typeof tileSchema>
