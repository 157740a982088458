import { readdir, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import type { Project } from '../../src-shared/run/project'
import { counted } from '../../src-shared/wording/counted'
import { PART_OF_TRY } from '../../src-worker/files/durable-file'
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
  const own = { ...paths, temporary: ownTemporary(paths) }
  const context = newContext({ paths: own, project, steps, keys, pool, emit, signal })
  try {
    await batchStep(context, ids)
  } finally {
    pool.close()
    await rm(own.temporary, { recursive: true, force: true })
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

/** What folders for temporary files of single processes begin with. */
const OWN_TEMPORARY = '.temporary-'

/** A folder that no other process uses: a run that ends beside this one empties its own. */
function ownTemporary({ folder }: ProjectPaths): string {
  return join(folder, `${OWN_TEMPORARY}${hostname()}-${process.pid}`)
}

/** Removes what processes left that were ended before they could. Only where none of them runs. */
export async function removeAbandoned(paths: ProjectPaths): Promise<void> {
  await removeNamed(paths.folder, (name) => name.startsWith(OWN_TEMPORARY))
  for (const split of SPLITS) {
    for (const folder of [paths.batchFolder(split), paths.recordFolder(split)])
      await removeNamed(folder, (name) => PART_OF_TRY.test(name))
  }
}

async function removeNamed(folder: string, isLeft: (name: string) => boolean): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter(isLeft)) await rm(join(folder, name), { recursive: true, force: true })
}

/** Plans and batch keys from the record of finished steps; sources are not looked at again. */
export function plannedSplits(
  steps: StepsFile,
  project: Project,
): { plans: Map<Split, SplitPlan>; keys: StepKeys } {
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
