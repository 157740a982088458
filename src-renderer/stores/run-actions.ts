import type { Stage } from '../../src-shared/api/stages'
import type { Step } from '../../src-shared/run/steps'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import { ask, attempt } from './change'

/** The step with which a stage is done. Reviewing makes nothing of its own: it shows what was cut. */
export const LAST_STEP_OF_STAGE: Readonly<Record<Stage, Step>> = {
  sources: 'ingest',
  filter: 'combine',
  subset: 'subset',
  generate: 'batch',
  review: 'batch',
  fuse: 'fuse',
}

/** Carries out the steps up to one, or goes on with them where they were interrupted. */
export function startRun(until: Step, restartFrom: Step | null = null): Promise<boolean> {
  return ask((client) => client.run.start({ until, restartFrom }))
}

/**
 * As startRun.
 * @param besideJobs whether it may cut what tasks on a cluster cut too
 * @returns why it was refused, null where it began
 */
export function tryToStart(
  until: Step,
  restartFrom: Step | null,
  besideJobs: boolean,
): Promise<SerializedError | null> {
  return attempt((client) => client.run.start({ until, restartFrom, besideJobs }))
}

/** Finishes what is in flight and begins nothing new. */
export function pauseRun(): Promise<boolean> {
  return ask((client) => client.run.pause())
}

export function resumeRun(): Promise<boolean> {
  return ask((client) => client.run.resume())
}

/** Stops within 2 s; what is finished stays. */
export function cancelRun(): Promise<boolean> {
  return ask((client) => client.run.cancel())
}
