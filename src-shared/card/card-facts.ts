import { z } from 'zod'
import { SPLITS } from '../footprint/footprint'

const count = z.int().nonnegative()

/** Bins of equal width from 0 on, the last one open: the counts of `values / width`, rounded down. */
const histogramSchema = z.object({
  unit: z.string(),
  width: z.number().positive(),
  counts: z.array(count),
  /** Values that are negative or no numbers. */
  outside: count,
})
export type Histogram = z.infer<typeof histogramSchema>

/** How many samples each value has, ascending by value. */
const tallySchema = z.array(z.object({ value: z.string(), samples: count }))
export type Tally = z.infer<typeof tallySchema>

/** What one dataset file holds, counted from its own content; null where that could not be read. */
export const fileFactsSchema = z.object({
  split: z.enum(SPLITS),
  /** Name of the file, without its folder. */
  name: z.string(),
  bytes: z.number(),
  /** SHA-256 of the file, lower-case hexadecimal; null where the file is too large for it, see `digestOf`. */
  sha256: z.string().nullable(),
  samples: count,
  /** ISO time at which the file was made, as its root says. */
  created: z.string().nullable(),
  /** Names of the datasets that can be read. */
  datasets: z.array(z.string()),
  agbd: histogramSchema.nullable(),
  /** By the time of the granule, UTC. */
  acquired: z
    .object({
      first: z.string(),
      last: z.string(),
      years: tallySchema,
      /** January first. */
      months: z.array(count).length(12),
      /** Day 1 first. */
      days: z.array(count).length(366),
      /** Texts that are no times. */
      outside: count,
    })
    .nullable(),
  /** Positions of the footprints, degrees; `east` may go beyond 180, over the antimeridian. */
  bounds: z.object({ west: z.number(), east: z.number(), south: z.number(), north: z.number() }).nullable(),
  /** Years in which the Sentinel-2 products were sensed. */
  productYears: tallySchema.nullable(),
  products: count.nullable(),
  granules: count.nullable(),
  crs: tallySchema.nullable(),
  /** What stands in image layers is looked up in so many samples, evenly spread. */
  lookedAt: count,
  /** Land cover of most pixels of the window, by class. */
  landCover: tallySchema.nullable(),
  /** Mean slope of the four middle pixels. */
  slope: histogramSchema.nullable(),
  /** What could not be counted, a line each. */
  problems: z.array(z.string()),
})
export type FileFacts = z.infer<typeof fileFactsSchema>

const lineSchema = z.object({ at: z.number(), label: z.string() })

/** What the map of the samples shows, in units of its frame. */
export const cardMapSchema = z.object({
  width: z.number(),
  height: z.number(),
  /** SVG paths. */
  land: z.string(),
  borders: z.string(),
  meridians: z.array(lineSchema),
  parallels: z.array(lineSchema),
  /** Edge of a cell. */
  cell: z.number(),
  /** Cells with samples by the place of their upper left corner, in the order of their rows. */
  cells: z.array(z.object({ split: z.enum(SPLITS), x: z.number(), y: z.number(), samples: count })),
})
export type CardMap = z.infer<typeof cardMapSchema>

/** All that a data card needs to know of the dataset files. */
export const cardFactsSchema = z.object({ files: z.array(fileFactsSchema), map: cardMapSchema.nullable() })
export type CardFacts = z.infer<typeof cardFactsSchema>
