import { z } from 'zod'

/** Percentiles that are given for each band. */
export const PERCENTILES = [1, 25, 50, 75, 99] as const

/** Statistics of the values of one layer over all samples, values without data left out; null where none are left. */
const continuousStatisticsSchema = z.object({
  kind: z.literal('continuous'),
  /** `B02` … `B12`, `altitude`, `slope` or `AGBD`. */
  name: z.string(),
  unit: z.string(),
  /** Values that have data. */
  count: z.number(),
  mean: z.number().nullable(),
  /** Of the population: divided by the count. */
  standardDeviation: z.number().nullable(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  /** By linear interpolation between the two nearest values, as numpy does by default. */
  percentiles: z.array(z.object({ percent: z.number(), value: z.number().nullable() })),
})

/** How the pixels of a layer of classes divide up over all samples. */
const classStatisticsSchema = z.object({
  kind: z.literal('classes'),
  /** `SCL` or `WorldCover`. */
  name: z.string(),
  count: z.number(),
  /** Classes that occur, and all legal ones, by value. Values outside of the legend have the label `unknown`. */
  classes: z.array(z.object({ value: z.number(), label: z.string(), pixels: z.number(), share: z.number() })),
})

export const bandStatisticsSchema = z.discriminatedUnion('kind', [
  continuousStatisticsSchema,
  classStatisticsSchema,
])

/** `statistics.json`: the statistics of the train split, to normalise all data by. */
export const statisticsFileSchema = z.object({
  formatVersion: z.literal(1),
  split: z.literal('train'),
  samples: z.int(),
  statistics: z.array(bandStatisticsSchema),
})
export type StatisticsFile = z.infer<typeof statisticsFileSchema>

export type ContinuousStatistics = z.infer<typeof continuousStatisticsSchema>
export type ClassStatistics = z.infer<typeof classStatisticsSchema>
export type BandStatistics = z.infer<typeof bandStatisticsSchema>
