import type { Stage } from '../../src-shared/api/stages'
import type { Step } from '../../src-shared/run/steps'
import { ask } from './change'

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
