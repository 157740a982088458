import { z } from 'zod'
import { serializedErrorSchema } from '../errors/studio-error'
import { SPLITS } from '../footprint/footprint'

const count = z.int().nonnegative()

/** A task of a job array, or the job that fuses a split (`task` and `batches` null). */
export const clusterTaskSchema = z.object({
  job: count,
  task: count.nullable(),
  kind: z.enum(['array', 'fuse']),
  split: z.enum(SPLITS),
  /** In Slurm's words; empty where the cluster could not be asked. */
  state: z.string(),
  /** Why it waits or failed, in Slurm's words; empty where Slurm does not say. */
  reason: z.string(),
  /** Whether it waits or runs. */
  active: z.boolean(),
  /** Whether it is over and left something to do. */
  unfinished: z.boolean(),
  /** Batches that it cuts, counted over train and test, and how many are finished on disk. */
  batches: z.object({ first: count, last: count, done: count }).nullable(),
})
export type ClusterTask = z.infer<typeof clusterTaskSchema>

/** How far all batches of a project are, whoever cut them. */
export const clusterProgressSchema = z.object({
  /** Footprints of finished batches, and of all. */
  done: count,
  total: count,
  batches: z.object({ done: count, total: count }),
  /** Footprints per second over the last minutes, and seconds from here; null before they can be told. */
  rate: z.number().nullable(),
  etaSeconds: z.number().nullable(),
})

/** The open project on a Slurm cluster; sent whole whenever it changes. */
export const clusterStateSchema = z.object({
  /** Whether it was looked at yet. */
  looked: z.boolean(),
  /** Whether this machine has the commands of Slurm. */
  available: z.boolean(),
  doing: z.enum(['submitting', 'cancelling']).nullable(),
  /** Tasks that wait or run, and of all others the last try; in the order of their jobs. */
  tasks: z.array(clusterTaskSchema),
  /** null where the project is not planned. */
  progress: clusterProgressSchema.nullable(),
  /** Why the states of tasks are not known, or are those of an earlier look. */
  error: serializedErrorSchema.nullable(),
})
export type ClusterState = z.infer<typeof clusterStateSchema>
