import { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS } from '../../src-shared/footprint/footprint'
import { STEP_LABELS, STEPS } from '../../src-shared/run/steps'
import type { StepKeys } from '../project/step-keys'
import type { StepsFile } from '../project/steps-file'
import { changedGranules, changedOptions } from './changes'
import { isFusedOtherwise } from './fuse-step'
import { granulesOfLastRun, type FoundGranules } from './ingest-step'
import type { RunRequest } from './run-project'

/**
 * Results that other settings or sources made are neither mixed with new ones nor thrown away unasked.
 * @throws StudioError `project-stale` naming what changed, what is stale and which step to restart from
 */
export function refuseStale(
  steps: StepsFile,
  keys: StepKeys,
  found: FoundGranules,
  request: RunRequest,
): void {
  const { project, previous, restartFrom } = request
  const stale = new Set(steps.stale({ ...keys }).map(({ step }) => step))
  for (const split of SPLITS) {
    const record = steps.get(`fuse:${split}`)
    if (record !== undefined && isFusedOtherwise(keys, record.key)) stale.add('fuse')
  }
  const kept = restartFrom === null ? STEPS : STEPS.slice(0, STEPS.indexOf(restartFrom))
  const first = kept.find((step) => stale.has(step))
  if (first === undefined) return
  const labels = STEPS.slice(STEPS.indexOf(first)).map((step) => STEP_LABELS[step].toLowerCase())
  const changes = [
    ...(previous === null ? [] : changedOptions(previous, project)),
    ...changedGranules(granulesOfLastRun(steps) ?? [], found.granules),
  ]
  // An area file or a given table under its old name.
  const what = changes.length === 0 ? 'the content of an input file has changed' : changes.join(', and ')
  throw new StudioError(
    'project-stale',
    `${what.charAt(0).toUpperCase()}${what.slice(1)} since the results were made; stale: ${labels.join(', ')}.`,
    {
      hint: `Run again with --restart-from ${first} to make them anew, or with another --output to keep them.`,
      context: { restartFrom: first },
    },
  )
}
