import { z } from 'zod'
import { serializedErrorSchema } from '../errors/studio-error'
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
  z.object({ kind: z.literal('log'), level: z.enum(['info', 'warning', 'error']), message: z.string() }),
])
export type RunEvent = z.infer<typeof runEventSchema>

/** Listens to a run. */
export type RunListener = (event: RunEvent) => void
