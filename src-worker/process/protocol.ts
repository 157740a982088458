import { z } from 'zod'
import { serializedErrorSchema } from '../../src-shared/errors/studio-error'

/** What the main process says to a worker. A worker does one job at a time. */
export const toWorkerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), id: z.int(), job: z.string(), input: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id: z.int() }),
  z.object({ kind: z.literal('exit') }),
])
export type ToWorker = z.infer<typeof toWorkerSchema>

/** What a worker says to the main process. */
export const fromWorkerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** The work goes on, also where there is no progress to tell yet. */
  z.object({ kind: z.literal('alive') }),
  z.object({ kind: z.literal('progress'), id: z.int(), done: z.number(), total: z.number() }),
  z.object({
    kind: z.literal('log'),
    id: z.int(),
    level: z.enum(['info', 'warning', 'error']),
    message: z.string(),
  }),
  z.object({ kind: z.literal('skipped'), id: z.int(), error: serializedErrorSchema }),
  z.object({ kind: z.literal('done'), id: z.int(), output: z.unknown() }),
  z.object({ kind: z.literal('failed'), id: z.int(), error: serializedErrorSchema }),
])
export type FromWorker = z.infer<typeof fromWorkerSchema>
