import type { RunState } from '../../src-shared/api/run-state'
import { toStudioError, type StudioError } from '../../src-shared/errors/studio-error'
import { markKey, type ReviewMark } from '../../src-shared/review/marks'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import type { Project } from '../../src-shared/run/project'
import type { BatchRecord } from '../../src-worker/jobs/schemas'
import { planSummarySchema, type SplitPlan } from '../../src-worker/plan/plan-summary'
import { readArea } from '../project/area-file'
import type { ProjectPaths } from '../project/project-paths'
import { stepKeys, type StepKeys } from '../project/step-keys'
import { StepsFile } from '../project/steps-file'
import { batchesOf, batchEvent, finishedBatch } from '../run/batch-step'
import { fuseKey } from '../run/fuse-step'
import { plannedEvent } from '../run/imagery-steps'
import { marksOfSplit } from '../run/left-out-samples'
import { lookForGranules, type FoundGranules } from '../run/ingest-step'
import { idleRun, RunProgress } from './run-progress'

/** What the files of a project say about how far it is. */
export interface ProjectSurvey {
  steps: StepsFile | null
  /** null where the sources cannot be looked at. */
  keys: StepKeys | null
  granules: FoundGranules | null
  /** What is wrong with the sources or the record of steps. */
  error: StudioError | null
  plans: ReadonlyMap<Split, SplitPlan>
  batches: { done: number; total: number }
  /** Keys that dataset files of the batches there are now, and of the marks of the review, would have. */
  fuseKeys: ReadonlyMap<Split, string>
  /** Samples that the review excludes, by markKey. */
  excluded: ReadonlyMap<Split, string[]>
  /** The run state that earlier runs have left: funnel, failures, newest samples. */
  run: RunState
}

/**
 * Looks at a project's sources and results without changing anything. What cannot be read is in `error`; everything else
 * is told all the same.
 */
export async function surveyProject(
  paths: ProjectPaths,
  project: Project,
  marks: readonly ReviewMark[],
): Promise<ProjectSurvey> {
  const survey: ProjectSurvey = {
    steps: null,
    keys: null,
    granules: null,
    error: null,
    plans: new Map(),
    batches: { done: 0, total: 0 },
    fuseKeys: new Map(),
    excluded: new Map(),
    run: idleRun(),
  }
  try {
    survey.steps = await StepsFile.open(paths)
    survey.granules = await lookForGranules(project, survey.steps)
    const area = await readArea(project.settings.area, paths)
    survey.keys = await stepKeys(project, survey.granules.granules, area?.identity ?? null)
    return { ...survey, ...(await surveyBatches({ paths, project, marks }, survey.steps, survey.keys)) }
  } catch (thrown) {
    return { ...survey, error: toStudioError(thrown) }
  }
}

type Batches = Pick<ProjectSurvey, 'plans' | 'batches' | 'fuseKeys' | 'excluded' | 'run'>

async function surveyBatches(
  { paths, project, marks }: { paths: ProjectPaths; project: Project; marks: readonly ReviewMark[] },
  steps: StepsFile,
  keys: StepKeys,
): Promise<Batches> {
  const plans = new Map<Split, SplitPlan>()
  const progress = new RunProgress('batch', 0)
  for (const split of SPLITS) {
    const record = await steps.done(`plan:${split}`, keys[`plan:${split}`])
    if (record === null) continue
    const plan = planSummarySchema.parse(record.summary)
    plans.set(split, plan)
    progress.apply(plannedEvent(split, plan), 0)
  }
  const ids = batchesOf(plans, project.settings.batchSize)
  const records = new Map<Split, BatchRecord[]>([...plans.keys()].map((split) => [split, []]))
  for (const id of ids) {
    const record = await finishedBatch({ paths, keys, project }, id)
    if (record === null) continue
    records.get(id.split)?.push(record)
    progress.apply(batchEvent(record, false), 0)
  }
  const run = { ...progress.state('idle', 0), until: null, started: null }
  const done = [...records.values()].reduce((sum, list) => sum + list.length, 0)
  const fuseKeys = new Map<Split, string>()
  const excluded = new Map<Split, string[]>()
  for (const [split, list] of records) {
    const out = marksOfSplit(marks, split, list).excluded
    fuseKeys.set(split, fuseKey(keys, split, list, out))
    excluded.set(split, out.map(markKey))
  }
  return { plans, batches: { done, total: ids.length }, fuseKeys, excluded, run }
}
