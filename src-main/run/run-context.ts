import { StudioError } from '../../src-shared/errors/studio-error'
import type { RunListener } from '../../src-shared/run/events'
import type { Project } from '../../src-shared/run/project'
import type { Step } from '../../src-shared/run/steps'
import type { NetworkLimits } from '../../src-worker/jobs/network-schema'
import type { ProjectPaths } from '../project/project-paths'
import type { StepId, StepKeys } from '../project/step-keys'
import type { StepRecord, StepsFile } from '../project/steps-file'
import type { JobListener } from '../workers/pooled-worker'
import type { WorkerPool } from '../workers/worker-pool'

/** What every step of a run works with. */
export interface RunContext {
  paths: ProjectPaths
  project: Project
  steps: StepsFile
  keys: StepKeys
  pool: WorkerPool
  emit: RunListener
  signal: AbortSignal
  /** Inputs that were left out so far, in this run or in an earlier one whose results are kept. */
  skipped: StudioError[]
  /** Seconds of each step that this run carried out. */
  seconds: Map<Step, number>
}

/** The context of a run in which nothing has happened yet. */
export function newContext(given: Omit<RunContext, 'skipped' | 'seconds'>): RunContext {
  return { ...given, skipped: [], seconds: new Map() }
}

/** Memory and spill folder for a database that has the machine to itself; the rest of the limit is for what surrounds it. */
export function tableLimits({ project, paths }: RunContext): { memoryMb: number; tempDirectory: string } {
  return { memoryMb: Math.floor(project.settings.memory * 0.5), tempDirectory: paths.temporary }
}

/** What each worker may ask of servers, and where the project keeps what they gave. */
export function networkLimits({ project: { settings }, paths, pool }: RunContext): NetworkLimits {
  return {
    connections: Math.max(1, Math.floor(settings.connections / pool.size)),
    cacheFolder: paths.networkCache,
    cacheBytes: settings.networkCache * 2 ** 20,
  }
}

/** Notes an input that is left out and tells whoever listens. */
export function noteSkipped(context: RunContext, error: StudioError): void {
  context.skipped.push(error)
  context.emit({ kind: 'skipped', error: error.toJSON() })
}

/** A listener that passes a job's progress and words on as those of a step. */
export function listenAs(context: RunContext, step: Step, unit: string): JobListener {
  return {
    signal: context.signal,
    progress: (done, total) => context.emit({ kind: 'progress', step, done, total, unit }),
    log: (level, message) => context.emit({ kind: 'log', level, message }),
    skipped: (error) => noteSkipped(context, error),
  }
}

/** What a step gives back when it was carried out. */
export interface StepResult {
  /** One line for people: what came out. */
  what: string
  /** Files it wrote under their final names. */
  outputs: string[]
  /** What later steps and the report need of it. */
  summary: unknown
}

/**
 * Carries a step out, or keeps its results where they are there and made from the same things.
 * @param key fingerprint of what the results depend on
 * @param what one line that says what is about to be done
 * @param unfinished whether it is to be carried out although its results are there, because it left something open
 */
export async function doStep(
  context: RunContext,
  {
    id,
    step,
    key,
    what,
    unfinished = false,
  }: { id: StepId; step: Step; key: string; what: string; unfinished?: boolean },
  work: () => Promise<StepResult>,
): Promise<StepRecord> {
  const { steps, emit } = context
  const done = unfinished ? null : await steps.done(id, key)
  if (done !== null) {
    context.skipped.push(...done.skipped.map((error) => StudioError.fromJSON(error)))
    emit({ kind: 'step-kept', step, what })
    return done
  }
  for (const lost of steps.get(id)?.key === key ? await steps.lost(id) : [])
    emit({ kind: 'log', level: 'warning', message: `${lost}; it is made again.` })
  emit({ kind: 'step-started', step, what })
  const started = performance.now()
  const before = context.skipped.length
  const result = await work()
  const seconds = (performance.now() - started) / 1000
  const skipped = context.skipped.slice(before).map((error) => error.toJSON())
  const record = { step, key, seconds, summary: result.summary, skipped }
  context.seconds.set(step, (context.seconds.get(step) ?? 0) + seconds)
  emit({ kind: 'step-done', step, what: result.what, seconds })
  return steps.finish(id, record, result.outputs)
}
