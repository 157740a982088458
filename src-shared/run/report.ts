import { z } from 'zod'
import { serializedErrorSchema } from '../errors/studio-error'
import { rejectionReasonSchema } from '../footprint/rejection'
import { reviewCountsSchema, unmatchedMarkSchema } from '../review/marks'
import { settingsSchema } from '../settings/settings'
import { leakageSchema } from './leakage'
import { sourcesSchema } from './project'

/** Shot numbers that the report names of each error. */
export const FAILED_SHOTS = 20

const count = z.int().nonnegative()

/** Batches that are done, of those that the plan has. */
const batchesSchema = z.object({ done: count, total: count })

/** What became of the footprints of a split. */
export const splitReportSchema = z.object({
  /** Rows of the combined table; null where a subset was given. */
  combined: count.nullable(),
  /** Rows of the subset table. */
  subset: count.nullable(),
  /** Footprints left out of the subset because they are too near to train; absent where no distance was asked for. */
  tooNear: count.optional(),
  batches: batchesSchema.nullable(),
  samples: count,
  rejected: z.partialRecord(rejectionReasonSchema, count),
  /** Footprints that are neither sample nor rejection, because something could not be read. */
  failed: count,
  /** Samples that the review left out of the dataset, and marks that did not apply; null without marks or dataset. */
  review: z
    .object({
      excluded: count,
      /** A sample that is excluded for several reasons counts under each. */
      reasons: reviewCountsSchema.shape.reasons,
      unmatched: z.array(unmatchedMarkSchema),
    })
    .nullable()
    .default(null),
  /** Path of the dataset file, null while there is none. */
  dataset: z.string().nullable(),
})
export type SplitReport = z.infer<typeof splitReportSchema>

/** What cutting a plan reads at most, and how fast the source gave what was read for a test. */
export const forecastSchema = z.object({
  footprints: count,
  scenes: count,
  files: count,
  blocks: count,
  /** Compressed bytes of the blocks. */
  bytes: z.number(),
  /** Requests to servers; 0 where everything lies in folders. */
  requests: count,
  /** Compressed bytes per second of a test read, decoding included; null where nothing could be read. */
  bytesPerSecond: z.number().nullable(),
  /** Milliseconds until a server answered; null for folders. */
  latencyMs: z.number().nullable(),
  /** Whether files of the source can be read, with a token where it wants one. */
  testRead: z.enum(['ok', 'failed', 'nothing-to-read']),
  error: serializedErrorSchema.nullable(),
  /** Bytes that batches and datasets take, and that are free where they go. */
  diskBytes: z.number(),
  freeBytes: z.number().nullable(),
})
export type ForecastReport = z.infer<typeof forecastSchema>

/** `report.json`: what a run did, and what a run on top of it found done. */
export const reportSchema = z.object({
  formatVersion: z.literal(1),
  softwareVersion: z.string(),
  finished: z.string(),
  seconds: z.number(),
  /** Whether this run found everything done. */
  nothingToDo: z.boolean(),
  granules: z.object({ read: count, shots: count }).nullable(),
  /** The combine step's counts, as it reports them. */
  combine: z.unknown(),
  /** Batches of both splits, as `batch --index` numbers them; null before the plan. */
  batches: batchesSchema.nullable(),
  train: splitReportSchema,
  test: splitReportSchema,
  /** Inputs that were left out, each with its reason. */
  skipped: z.array(serializedErrorSchema),
  /** Errors that footprints failed of, with the number of footprints. */
  failures: z.array(
    z.object({
      error: serializedErrorSchema,
      footprints: count,
      /** The first of them; the records of the batches have all. */
      shots: z.array(z.string()).max(FAILED_SHOTS).default([]),
    }),
  ),
  /** Costs of reading imagery. Requests are those of network sources. */
  reading: z.object({
    requests: count,
    /** Requests that were tried again. */
    retries: count.default(0),
    /** Bytes that came from servers. */
    bytesReceived: z.number().default(0),
    bytes: z.number(),
    blocksNeeded: count,
    blocksDecoded: count,
  }),
  /** Of a run that ended with the plan; null for others. */
  forecast: forecastSchema.nullable().default(null),
  /** How near the test samples are to the train samples; null where not both datasets are there. */
  leakage: leakageSchema.nullable().default(null),
  /** Seconds of each step that this run carried out. */
  stepSeconds: z.record(z.string(), z.number()),
  settings: settingsSchema,
  sources: sourcesSchema,
})
export type Report = z.infer<typeof reportSchema>
