import { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import type { Project } from '../../src-shared/run/project'
import { counted } from '../../src-shared/wording/counted'
import { JOBS } from '../../src-worker/jobs/schemas'
import type { SplitPlan } from '../../src-worker/plan/plan-summary'
import type { ProjectPaths } from '../project/project-paths'
import { batchKey, type StepKeys } from '../project/step-keys'
import { StepsFile } from '../project/steps-file'
import { WorkerPool } from '../workers/worker-pool'
import { batchesOf, batchStep, finishedBatch } from './batch-step'
import { loadCredentials } from './credentials'
import { newContext } from './run-context'
import type { RunEnvironment } from './run-project'

/** What became of some batches. */
export interface BatchesReport {
  batches: number
  samples: number
  rejected: number
  failed: number
  seconds: number
}

/**
 * Cuts batches `first` to `last` (counted over train, then test) of a project that is planned, and nothing else: many
 * processes, on many machines, may do so at the same time with different batches.
 * @throws StudioError `usage` where the project is not planned or has fewer batches; those of batchStep
 */
export async function runBatches(
  paths: ProjectPaths,
  project: Project,
  range: { first: number; last: number },
  workers: number,
  environment: RunEnvironment,
): Promise<BatchesReport> {
  const started = performance.now()
  await loadCredentials(project.sources)
  const steps = await StepsFile.open(paths)
  const { plans, keys } = plannedSplits(steps, project)
  const all = batchesOf(plans, project.settings.batchSize)
  if (range.last >= all.length) {
    throw new StudioError(
      'usage',
      `The project has ${counted(all.length, 'batch', 'batches')}, numbered from 0.`,
      {
        file: paths.folder,
        hint: `Give --index a number or a range up to ${all.length - 1}.`,
      },
    )
  }
  const ids = all.slice(range.first, range.last + 1)
  const { spawn, gate } = environment
  const { stallTimeout: stallSeconds } = project.settings
  const pool = new WorkerPool(spawn, Math.min(workers, ids.length), { gate, stallSeconds })
  const { emit, signal } = environment
  const context = newContext({ paths, project, steps, keys, pool, emit, signal })
  try {
    await batchStep(context, ids)
  } finally {
    pool.close()
  }
  const records = (await Promise.all(ids.map((id) => finishedBatch(context, id)))).filter(
    (record) => record !== null,
  )
  return {
    batches: records.length,
    samples: records.reduce((sum, { samples }) => sum + samples.length, 0),
    rejected: records.reduce((sum, { rejections }) => sum + rejections.length, 0),
    failed: records.reduce(
      (sum, { failures }) => sum + failures.reduce((n, f) => n + f.footprints.length, 0),
      0,
    ),
    seconds: (performance.now() - started) / 1000,
  }
}

/** Plans and batch keys from the record of finished steps; sources are not looked at again. */
function plannedSplits(steps: StepsFile, project: Project): { plans: Map<Split, SplitPlan>; keys: StepKeys } {
  const plans = new Map<Split, SplitPlan>()
  const keys: StepKeys = {
    combine: '',
    catalog: '',
    'subset:train': '',
    'subset:test': '',
    'plan:train': steps.get('plan:train')?.key ?? '',
    'plan:test': steps.get('plan:test')?.key ?? '',
    'batch:train': batchKey(steps.get('plan:train')?.key ?? '', project.settings, 'train'),
    'batch:test': batchKey(steps.get('plan:test')?.key ?? '', project.settings, 'test'),
    fuse: '',
  }
  for (const split of SPLITS) {
    const record = steps.get(`plan:${split}`)
    if (record !== undefined) plans.set(split, JOBS.plan.output.parse(record.summary))
  }
  if (plans.size > 0) return { plans, keys }
  throw new StudioError('usage', 'The project is not planned yet.', {
    hint: 'Run "gedi-dataset plan" on it first, with --input, --source and the settings.',
  })
}
