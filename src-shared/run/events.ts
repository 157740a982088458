import { z } from 'zod'
import { serializedErrorSchema } from '../errors/studio-error'
import { SPLITS } from '../footprint/footprint'
import { rejectionReasonSchema } from '../footprint/rejection'
import { STEPS } from './steps'

const step = z.enum(STEPS)

/** What a run tells while it goes on: lines of the log, bars on a terminal, panels in the window. */
export const runEventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step-started'), step, what: z.string() }),
  /** A step whose results are there and valid. */
  z.object({ kind: z.literal('step-kept'), step, what: z.string() }),
  z.object({
    kind: z.literal('progress'),
    step,
    done: z.number(),
    total: z.number(),
    unit: z.string(),
  }),
  z.object({ kind: z.literal('step-done'), step, what: z.string(), seconds: z.number() }),
  z.object({ kind: z.literal('skipped'), error: serializedErrorSchema }),
  /** What one of the worker processes does; null: nothing. */
  z.object({
    kind: z.literal('worker'),
    worker: z.int(),
    what: z.string().nullable(),
    done: z.number(),
    total: z.number(),
  }),
  /** What the plan of a split says: footprints asked for, those without a scene, and those that failed searches leave open. */
  z.object({
    kind: z.literal('planned'),
    split: z.enum(SPLITS),
    asked: z.int(),
    noScene: z.int(),
    failures: z.array(z.object({ error: serializedErrorSchema, footprints: z.int() })),
  }),
  /** A batch that is done, cut just now (fresh) or found done. */
  z.object({
    kind: z.literal('batch'),
    split: z.enum(SPLITS),
    batch: z.int(),
    fresh: z.boolean(),
    samples: z.int(),
    rejected: z.partialRecord(rejectionReasonSchema, z.int()),
    failures: z.array(z.object({ error: serializedErrorSchema, footprints: z.int() })),
    bytesRead: z.number(),
    /** Requests to servers, of these tried again, and bytes that came. */
    requests: z.int(),
    retries: z.int(),
    bytesReceived: z.number(),
  }),
  /** All steps are done; the last figures are being drawn. */
  z.object({ kind: z.literal('finishing') }),
  z.object({ kind: z.literal('log'), level: z.enum(['info', 'warning', 'error']), message: z.string() }),
])
export type RunEvent = z.infer<typeof runEventSchema>

/** Listens to a run. */
export type RunListener = (event: RunEvent) => void
