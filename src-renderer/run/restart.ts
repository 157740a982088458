import { STAGES, type Stage, type StageState } from '../../src-shared/api/stages'
import { STEPS, type Step } from '../../src-shared/run/steps'

/**
 * The step from which a run must make results anew to reach a stage: the earliest one that is stale in it or before
 * it; null where nothing is.
 */
export function restartFor(
  stages: Readonly<Record<Stage, Pick<StageState, 'restartFrom'>>>,
  reached: Stage,
): Step | null {
  const before = STAGES.slice(0, STAGES.indexOf(reached) + 1)
  return STEPS.find((step) => before.some((stage) => stages[stage].restartFrom === step)) ?? null
}
