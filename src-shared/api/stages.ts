import { z } from 'zod'
import { serializedErrorSchema } from '../errors/studio-error'
import type { Step } from '../run/steps'

/** The steps of the window, in the order of its rail. */
export const STAGES = ['sources', 'filter', 'subset', 'generate', 'review', 'fuse'] as const
export const stageSchema = z.enum(STAGES)
export type Stage = z.infer<typeof stageSchema>

/** Names of the stages in the rail. */
export const STAGE_LABELS: Readonly<Record<Stage, string>> = {
  sources: 'Sources',
  filter: 'Filter',
  subset: 'Subset',
  generate: 'Generate',
  review: 'Review',
  fuse: 'Fuse',
}

/** The stage in which each step of a run shows. */
export const STAGE_OF_STEP: Readonly<Record<Step, Stage>> = {
  ingest: 'sources',
  combine: 'filter',
  subset: 'subset',
  plan: 'generate',
  batch: 'generate',
  fuse: 'fuse',
}

/**
 * empty: something it needs is not there; ready: it can be carried out; running; done: its results are there and
 * belong to the settings; stale: its results were made from other settings; failed: the last run stopped here.
 */
export const stageStateSchema = z.object({
  state: z.enum(['empty', 'ready', 'running', 'done', 'stale', 'failed']),
  /** One line for the rail: "1.24 M kept of 9.81 M"; null while there is nothing to say. */
  result: z.string().nullable(),
  /** Why the results are stale, in words: "Filter changed since"; null where they are not. */
  staleBecause: z.string().nullable(),
  /** The step to restart a run from that makes stale results anew; null where nothing is stale. */
  restartFrom: z.enum(['ingest', 'combine', 'subset', 'plan', 'batch', 'fuse']).nullable(),
  error: serializedErrorSchema.nullable(),
})
export type StageState = z.infer<typeof stageStateSchema>
