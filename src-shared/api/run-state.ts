import { z } from 'zod'
import { serializedErrorSchema } from '../errors/studio-error'
import { SPLITS } from '../footprint/footprint'
import { rejectionReasonSchema } from '../footprint/rejection'
import { STEPS } from '../run/steps'

const count = z.int().nonnegative()
const step = z.enum(STEPS)

/** One worker process of a run. */
export const workerLaneSchema = z.object({
  worker: count,
  /** What it does now ("train batch 12"); null while it waits. */
  what: z.string().nullable(),
  done: z.number(),
  total: z.number(),
  /** Jobs it has finished. */
  finished: count,
})
export type WorkerLane = z.infer<typeof workerLaneSchema>

/** What became of the footprints of a split so far. */
export const funnelSchema = z.object({
  /** Footprints in the subset. */
  asked: count,
  rejected: z.partialRecord(rejectionReasonSchema, count),
  failed: count,
  samples: count,
})
export type Funnel = z.infer<typeof funnelSchema>

/** A file of samples that is no batch: the project's dataset of a split, or a file that was opened alone. */
export const sampleFileSchema = z.string().regex(/^(train|test|opened-[0-9a-f]{16})$/)
export type SampleFileKey = z.infer<typeof sampleFileSchema>

/**
 * A sample in a batch file: where the patch grid finds it. With `file` it lies in that file instead; split and batch then
 * mean nothing.
 */
export const sampleRefSchema = z.object({
  split: z.enum(SPLITS),
  batch: count,
  row: count,
  file: sampleFileSchema.optional(),
})
export type SampleRef = z.infer<typeof sampleRefSchema>

/** The run of the open project, or the last one; sent whole, at most a few times a second. */
export const runStateSchema = z.object({
  status: z.enum([
    'idle',
    'running',
    /** Batches in flight are being finished, no new ones are begun. */
    'pausing',
    'paused',
    'cancelling',
    'done',
    'failed',
    'cancelled',
  ]),
  /** Last step to carry out. */
  until: step.nullable(),
  /** Milliseconds since 1970; null while there was no run. */
  started: z.number().nullable(),
  finished: z.number().nullable(),
  /** The step under way with its progress; null between steps. */
  step: z
    .object({ step, what: z.string(), done: z.number(), total: z.number(), unit: z.string() })
    .nullable(),
  /** All steps are done; the last figures are being drawn. */
  finishing: z.boolean(),
  /** Units of the step per second over the last seconds; null before it can be told. */
  rate: z.number().nullable(),
  /** Samples cut per second, bytes read per second, over the last seconds. */
  samplesPerSecond: z.number().nullable(),
  bytesPerSecond: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  /** Of network sources. */
  requests: count,
  retries: count,
  bytes: z.number(),
  workers: z.array(workerLaneSchema),
  funnel: z.object({ train: funnelSchema, test: funnelSchema }),
  /** The newest samples, newest first. */
  newest: z.array(sampleRefSchema),
  /** Inputs left out, the first of them, and how many in all. */
  skipped: z.array(serializedErrorSchema),
  skippedTotal: count,
  /** Errors that footprints failed of, with their numbers. */
  failures: z.array(z.object({ error: serializedErrorSchema, footprints: count })),
  /** Why it stopped; null where it did not fail. */
  error: serializedErrorSchema.nullable(),
})
export type RunState = z.infer<typeof runStateSchema>

/** A line of the log panel. */
export const logEntrySchema = z.object({
  id: count,
  /** Milliseconds since 1970. */
  time: z.number(),
  level: z.enum(['info', 'warning', 'error']),
  step: step.nullable(),
  message: z.string(),
  error: serializedErrorSchema.nullable(),
})
export type LogEntry = z.infer<typeof logEntrySchema>
