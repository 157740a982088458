import { z } from 'zod'
import { bandStatisticsSchema } from '../../src-shared/dataset/statistics'
import { serializedErrorSchema } from '../../src-shared/errors/studio-error'
import { shotNumberSchema, SPLITS } from '../../src-shared/footprint/footprint'
import { rejectionReasonSchema } from '../../src-shared/footprint/rejection'
import { leakageSchema } from '../../src-shared/run/leakage'
import { forecastSchema } from '../../src-shared/run/report'
import { settingsSchema } from '../../src-shared/settings/settings'
import { combineSummarySchema } from '../footprints/combine-summary'
import { granuleSummarySchema } from '../footprints/granule-summary'
import { subsetSummarySchema } from '../footprints/subset-summary'
import { CARD_JOBS } from './card-schemas'
import { CATALOG_JOBS, catalogFilesSchema } from './catalog-schemas'
import { planSummarySchema } from '../plan/plan-summary'
import { EXPLORE_JOBS } from './explore-schemas'
import { networkSchema } from './network-schema'
import { WINDOW_JOBS } from './window-schemas'
import { PATCH_JOBS } from './patch-schemas'

/** What every job that opens a database is told. */
const tables = { memoryMb: z.int().positive(), tempDirectory: z.string() }
const split = z.enum(SPLITS)
const attributes = z.record(z.string(), z.union([z.string(), z.number()]))

export { catalogFilesSchema }

/** Costs of reading imagery, see RasterCounters. */
export const countersSchema = z.object({
  blocksNeeded: z.int(),
  blocksDecoded: z.int(),
  bytesRead: z.number(),
  /** What servers were asked, see NetworkCounters; nothing in records of versions that read folders only. */
  requests: z.int().default(0),
  retries: z.int().default(0),
  bytesReceived: z.number().default(0),
  cacheHits: z.int().default(0),
})

/** What a finished batch leaves beside its samples. */
export const batchRecordSchema = z.object({
  formatVersion: z.literal(1),
  /** Fingerprint of everything the batch was made from. */
  key: z.string(),
  split,
  batch: z.int(),
  /** Size of the batch file in bytes, to tell whether it is whole. */
  bytes: z.int(),
  /** Subset rows of the samples, in their order in the file. */
  samples: z.array(z.int()),
  /** Checksums of the samples (see SampleChecksums), packed; null in records of versions that made none. */
  checksums: z.object({ images: z.base64(), columns: z.base64() }).nullable().default(null),
  rejections: z.array(z.object({ index: z.int(), shotNumber: z.string(), reason: rejectionReasonSchema })),
  /** Footprints that are neither, by error. */
  failures: z.array(
    z.object({
      error: serializedErrorSchema,
      footprints: z.array(z.object({ index: z.int(), shotNumber: z.string() })),
    }),
  ),
  counters: countersSchema,
  seconds: z.number(),
})
export type BatchRecord = z.infer<typeof batchRecordSchema>

/** Places `from` to `to` (exclusive) of a batch, in cutting order from 0. */
export const batchPartSchema = z.object({
  from: z.int().nonnegative(),
  to: z.int().nonnegative(),
  /** What footprints that stay open are recorded as failed of; null: of what their record says. */
  error: serializedErrorSchema.nullable(),
})

/**
 * The jobs a worker does: what goes in and what comes out, both checked where they cross the process border.
 * Files are passed by name; nothing large travels in messages.
 */
export const JOBS = {
  /** Reads one granule into a Parquet file of the project. */
  ingest: {
    input: z.object({ path: z.string(), output: z.string(), memoryMb: z.int().positive() }),
    output: granuleSummarySchema,
  },
  /** Makes the combined tables of both splits from granules. */
  combine: {
    input: z.object({
      granules: z.array(z.object({ parquet: z.string(), summary: granuleSummarySchema })),
      settings: settingsSchema,
      /** GeoJSON file of the area, where the settings name one. */
      areaFile: z.string().nullable(),
      outputs: z.object({ train: z.string(), test: z.string() }),
      ...tables,
    }),
    output: combineSummarySchema,
  },
  /** Draws the subset of a combined table. */
  subset: {
    input: z.object({
      table: z.string(),
      output: z.string(),
      size: z.int().nonnegative(),
      seed: z.int(),
      split,
      /** Footprints nearer than so many metres to one of another table are left out; null: none. */
      apart: z.object({ table: z.string(), distance: z.number().positive() }).nullable(),
      ...tables,
    }),
    output: subsetSummarySchema,
  },
  /** Checks a table that was given and, with an output, writes it in the program's own form, rows in their order. */
  table: {
    input: z.object({ table: z.string(), output: z.string().nullable(), ...tables }),
    output: z.object({ rows: z.int() }),
  },
  /** Draws the distribution of a table: as SVG where the output ends in `.svg`, otherwise as PNG. */
  figure: {
    input: z.object({
      table: z.string(),
      split,
      kind: z.enum(['combined', 'subset']),
      output: z.string(),
      ...tables,
    }),
    output: z.object({ rows: z.int() }),
  },
  /** Chooses scenes for the footprints of a subset and puts them in cutting order. */
  plan: {
    input: z.object({
      split,
      subset: z.string(),
      scenes: z.string(),
      /** File that says which footprints failed searches leave open; null where none failed. */
      open: z.string().nullable(),
      /** Whether batches may be cut by the plan that is there: footprints that were open get batches after them. */
      extend: z.boolean(),
      settings: settingsSchema,
      output: z.string(),
      rejections: z.string(),
      ...tables,
    }),
    output: planSummarySchema,
  },
  /** Says what cutting plans will read, and reads a little for a test. */
  forecast: {
    input: z.object({
      /** Plan files of the splits. */
      plans: z.array(z.string()),
      catalog: catalogFilesSchema,
      settings: settingsSchema,
      network: networkSchema,
      ...tables,
    }),
    output: forecastSchema.omit({ diskBytes: true, freeBytes: true }),
  },
  /** Cuts one batch of samples. */
  batch: {
    input: z.object({
      split,
      batch: z.int().nonnegative(),
      key: z.string(),
      plan: z.string(),
      catalog: catalogFilesSchema,
      settings: settingsSchema,
      output: z.string(),
      record: z.string(),
      attributes,
      /** Bytes of decoded blocks that this worker may keep. */
      cacheBytes: z.int().positive(),
      network: networkSchema,
      /** Where workers died of the batch: a part of it that is cut now, while the rest stays open; null: all of it. */
      part: batchPartSchema.nullable(),
      ...tables,
    }),
    output: z.object({
      samples: z.int(),
      rejected: z.partialRecord(rejectionReasonSchema, z.int()),
      failed: z.int(),
      counters: countersSchema,
    }),
  },
  /** Joins the batches of a split into its dataset file. */
  fuse: {
    input: z.object({
      parts: z.array(
        z.object({
          path: z.string(),
          record: z.string(),
          /** Samples that people excluded: they stay out where the shot at the row is still theirs. */
          leaveOut: z
            .array(z.object({ row: z.int().nonnegative(), shotNumber: shotNumberSchema }))
            .default([]),
        }),
      ),
      /** What the batches were made from; others are refused. */
      batchKey: z.string(),
      output: z.string(),
      settings: settingsSchema,
      attributes,
    }),
    output: z.object({
      samples: z.int(),
      statistics: z.array(bandStatisticsSchema),
      /** Samples to leave out that were not there: another shot lies at their row of the part. */
      unmatched: z.array(z.object({ part: z.int(), row: z.int() })),
    }),
  },
  /** Joins the HDF5 files of a folder, whoever wrote them. */
  'fuse-folder': {
    input: z.object({
      folder: z.string(),
      output: z.string(),
      settings: settingsSchema,
      attributes,
      /** Whether files that do not fit are left out; otherwise they end the job. */
      leaveOut: z.boolean(),
    }),
    output: z.object({ samples: z.int(), files: z.int() }),
  },
  /** Checks a dataset file. */
  verify: {
    input: z.object({ path: z.string() }),
    output: z.object({ samples: z.int(), problems: z.array(z.string()) }),
  },
  /** Statistics of each layer of a dataset file. */
  statistics: {
    input: z.object({ path: z.string() }),
    output: z.array(bandStatisticsSchema),
  },
  ...CARD_JOBS,
  /** Measures how near test patches are to train patches: of dataset files, or of subset tables. */
  leakage: {
    input: z.object({ basis: z.enum(['samples', 'subset']), train: z.string(), test: z.string(), ...tables }),
    output: leakageSchema,
  },
  ...CATALOG_JOBS,
  ...EXPLORE_JOBS,
  ...WINDOW_JOBS,
  ...PATCH_JOBS,
} as const

export type JobName = keyof typeof JOBS
export type JobInput<Name extends JobName> = z.infer<(typeof JOBS)[Name]['input']>
export type JobOutput<Name extends JobName> = z.infer<(typeof JOBS)[Name]['output']>

/** Whether a name is that of a job. */
export function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name)
}
