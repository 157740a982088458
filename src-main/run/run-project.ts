import { mkdir, rm } from 'node:fs/promises'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Split } from '../../src-shared/footprint/footprint'
import type { RunListener } from '../../src-shared/run/events'
import type { Project } from '../../src-shared/run/project'
import type { Report } from '../../src-shared/run/report'
import { STEPS, type Step } from '../../src-shared/run/steps'
import { writeDurably } from '../../src-worker/files/durable-file'
import { keepArea, readArea } from '../project/area-file'
import { lockProject } from '../project/project-lock'
import { saveProject } from '../project/project-file'
import { loadReview } from '../project/review-file'
import type { ProjectPaths } from '../project/project-paths'
import { stepKeys } from '../project/step-keys'
import { StepsFile } from '../project/steps-file'
import type { PauseGate } from '../workers/pause-gate'
import { WorkerPool } from '../workers/worker-pool'
import type { SpawnWorker } from '../workers/worker-port'
import { cardStep } from '../card/card-step'
import { announceBatches, batchesOf, batchStep, finishedBatch } from './batch-step'
import { loadCredentials } from './credentials'
import { Figures } from './figures'
import { forecastStep } from './forecast-step'
import { fuseStep, type SplitBatches } from './fuse-step'
import { planStep } from './imagery-steps'
import { ingestStep, lookForGranules, needsGranules, type FoundGranules } from './ingest-step'
import { leakageStep } from './leakage-step'
import { makeReport, type RunResults } from './make-report'
import { writeRejections } from './rejections-file'
import { newContext, type RunContext } from './run-context'
import { refuseStale } from './stale'
import { activeSplits, combineStep, subsetStep } from './table-steps'

export interface RunRequest {
  paths: ProjectPaths
  /** The project with the settings and sources of this run. */
  project: Project
  /** The project as it was before, null where it is new. */
  previous: Project | null
  /** The last step to carry out; those before it are carried out where they are not done. */
  until: Step
  /** Results of this step and those after it are made anew; null: none. */
  restartFrom: Step | null
  /** Worker processes. */
  workers: number
  /** Whether batches that are not finished are cut; otherwise splits that lack some are not fused. */
  cut?: boolean
}

/** What a run needs from whoever starts it. */
export interface RunEnvironment {
  spawn: SpawnWorker
  emit: RunListener
  signal: AbortSignal
  /** Pauses the run where it is closed. */
  gate?: PauseGate
}

/**
 * Carries out the steps of a project up to a given one, each only where its results are not there. Safe to cancel and
 * to call again.
 * @throws StudioError `project-busy`; `project-stale` where results were made from other settings or sources; those
 * of the steps; `cancelled`
 */
export async function runProject(request: RunRequest, environment: RunEnvironment): Promise<Report> {
  const { paths, project } = request
  const { spawn, emit, signal } = environment
  await loadCredentials(project.sources)
  const unlock = await lockProject(paths)
  const { gate } = environment
  const pool = new WorkerPool(spawn, request.workers, { gate, stallSeconds: project.settings.stallTimeout })
  try {
    const steps = await StepsFile.open(paths)
    const found = await lookForGranules(project, steps, signal)
    const area = await readArea(project.settings.area, paths)
    const keys = await stepKeys(project, found.granules, area?.identity ?? null)
    refuseStale(steps, keys, found, request)
    // What would stop the fuse is told before hours of cutting.
    if (request.until === 'fuse') await loadReview(paths)
    if (request.restartFrom !== null) await clearFrom(paths, steps, request.restartFrom)
    await saveProject(paths, project)
    await keepArea(area, paths)
    const context = newContext({ paths, project, steps, keys, pool, emit, signal })
    return await carryOut(context, request, found)
  } finally {
    pool.close()
    await rm(paths.temporary, { recursive: true, force: true })
    await unlock()
  }
}

async function carryOut(
  context: RunContext,
  { until, cut = true }: RunRequest,
  found: FoundGranules,
): Promise<Report> {
  const started = performance.now()
  const { paths, project } = context
  const reaches = (step: Step): boolean => STEPS.indexOf(step) <= STEPS.indexOf(until)
  const results: RunResults = {
    granules: null,
    combine: null,
    subsets: new Map(),
    plans: new Map(),
    batches: new Map(),
    datasets: new Map(),
    forecast: null,
    leakage: null,
  }
  if (activeSplits(context).length === 0) {
    throw new StudioError('usage', 'There is nothing to read: neither granules nor tables were given.', {
      hint: 'Give --input the folder with GEDI L4A granules.',
    })
  }
  await mkdir(paths.temporary, { recursive: true })
  const figures = new Figures(context)
  if (needsGranules(project)) results.granules = await ingestStep(context, found)
  if (reaches('combine')) {
    results.combine = await combineStep(context, results.granules ?? [])
    if (project.settings.plotDistribution) figures.draw('combined')
  }
  if (reaches('subset')) {
    results.subsets = await subsetStep(context)
    figures.draw('subset')
  }
  if (reaches('plan')) results.plans = await planStep(context)
  if (until === 'plan') results.forecast = await forecastStep(context, results.plans)
  if (reaches('batch')) {
    await announceBatches(context, [...results.plans.keys()])
    if (cut) await batchStep(context, batchesOf(results.plans, project.settings.batchSize))
  }
  results.batches = await batchRecords(context, results)
  if (reaches('batch')) await writeRejections(paths, results.batches)
  if (reaches('fuse')) {
    results.datasets = await fuseStep(context, results.batches, await loadReview(paths))
    results.leakage = await leakageStep(context, results.datasets)
  }
  if (results.datasets.size > 0) await cardStep(context, makeReport(context, results, 0))
  context.emit({ kind: 'finishing' })
  await figures.drawn()
  const report = makeReport(context, results, (performance.now() - started) / 1000)
  await writeDurably(paths.report, `${JSON.stringify(report, null, 2)}\n`)
  return report
}

/** The records of all batches of the plans, null for those that are not done. */
async function batchRecords(context: RunContext, { plans }: RunResults): Promise<Map<Split, SplitBatches>> {
  const batches = new Map<Split, SplitBatches>()
  for (const [split, { batches: count }] of plans) {
    const numbers = Array.from({ length: count }, (_, batch) => batch)
    batches.set(split, await Promise.all(numbers.map((batch) => finishedBatch(context, { split, batch }))))
  }
  return batches
}

/** Forgets and removes the results of a step and of those after it that a run would otherwise take up again. */
async function clearFrom(paths: ProjectPaths, steps: StepsFile, step: Step): Promise<void> {
  await steps.forgetFrom(step)
  const reaches = (other: Step): boolean => STEPS.indexOf(step) <= STEPS.indexOf(other)
  const removed = [
    ...(reaches('ingest') ? [paths.footprints] : []),
    ...(reaches('plan') ? [paths.searches] : []),
    ...(reaches('batch') ? [paths.batches, paths.records] : []),
  ]
  for (const folder of removed) await rm(folder, { recursive: true, force: true })
}
