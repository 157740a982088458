import type { RunState } from '../../src-shared/api/run-state'
import type { ProjectState } from '../../src-shared/api/studio-state'

/**
 * Changes whenever tables and plans may have changed: with every result of a run but those of cutting and fusing, which
 * leave the tables alone and come several times a second; once at the beginning and once at the end of these.
 */
export function tablesKey(
  project: Pick<ProjectState, 'resultsRevision'>,
  run: Pick<RunState, 'finished' | 'step'> | null,
): string {
  const step = run?.finished === null ? run.step?.step : undefined
  return step === 'batch' || step === 'fuse' ? step : String(project.resultsRevision)
}
