import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { Project } from '../../src-shared/run/project'
import { counted } from '../../src-shared/wording/counted'
import { findGranules, type GranuleFile } from '../../src-worker/footprints/granule-search'
import { ingestedSummaries, type GranuleSummary } from '../../src-worker/footprints/granule-summary'
import { fingerprint } from '../project/fingerprint'
import type { StepsFile } from '../project/steps-file'
import { noteSkipped, type RunContext } from './run-context'

/** A granule's Parquet file with what is known of it. */
export interface IngestedGranule {
  parquet: string
  summary: GranuleSummary
}

/** The granules of a project's inputs, and the files in them that are none. */
export interface FoundGranules {
  granules: GranuleFile[]
  problems: StudioError[]
  /** Whether the inputs are out of reach, and the granules are those of the last run. */
  remembered: boolean
}

const foundSchema = z.array(
  z.object({ path: z.string(), name: z.string(), size: z.number(), mtimeMs: z.number() }),
)

/** Whether some split's footprints come from granules rather than from a given table. */
export function needsGranules({ sources }: Project): boolean {
  return sources.inputs.length > 0
}

/**
 * Looks for the granules of a project. Where the inputs are out of reach but were read before (a project that moved
 * to another machine), those of the last run count.
 * @throws StudioError `input-missing`; `no-granules`; `cancelled`
 */
export async function lookForGranules(
  project: Project,
  steps: StepsFile,
  signal?: AbortSignal,
): Promise<FoundGranules> {
  if (!needsGranules(project)) return { granules: [], problems: [], remembered: false }
  const { inputs } = project.sources
  try {
    const found = await findGranules(inputs, signal)
    if (found.granules.length > 0) return { ...found, remembered: false }
    throw new StudioError('no-granules', 'The inputs hold no GEDI L4A granule.', {
      file: inputs.join(', '),
      hint: 'Give --input a folder with files named GEDI04_A_….h5.',
      ...(found.problems.length === 0 ? {} : { context: { foreignFiles: found.problems.length } }),
    })
  } catch (thrown) {
    throwIfCancelled(signal)
    const granules = granulesOfLastRun(steps)
    if (granules === null || steps.get('ingest')?.key !== fingerprint(inputs)) throw thrown
    return { granules, problems: [], remembered: true }
  }
}

/** The granules as the last run found them, null where none did. */
export function granulesOfLastRun(steps: StepsFile): GranuleFile[] | null {
  const record = steps.get('ingest')
  return record === undefined ? null : foundSchema.parse(record.summary)
}

/**
 * Brings every granule into the project as a Parquet file, those that are there already excepted, in all workers at
 * once. Granules that cannot be read are left out and named.
 * @throws StudioError `no-granules` where none can be used; `cancelled`
 */
export async function ingestStep(context: RunContext, found: FoundGranules): Promise<IngestedGranule[]> {
  const { paths, project, emit, steps } = context
  for (const problem of found.problems) noteSkipped(context, problem)
  await mkdir(paths.footprints, { recursive: true })
  const started = performance.now()
  const parquetOf = ({ name }: GranuleFile): string =>
    join(paths.footprints, name.replace(/\.[^.]+$/, '.parquet'))
  const done = new Map<string, GranuleSummary>()
  const known = await ingestedSummaries(
    found.granules.map((granule) => ({ granule, parquet: parquetOf(granule) })),
    context.signal,
  )
  for (const summary of known) if (summary !== null) done.set(summary.name, summary)
  const what = counted(found.granules.length, 'granule')
  const missing = found.granules.filter(({ name }) => !done.has(name))
  if (missing.length === 0) {
    emit({ kind: 'step-kept', step: 'ingest', what })
  } else {
    emit({ kind: 'step-started', step: 'ingest', what: `${missing.length} of ${what}` })
    await ingestAll(context, missing, parquetOf, done)
    const seconds = (performance.now() - started) / 1000
    context.seconds.set('ingest', seconds)
    emit({ kind: 'step-done', step: 'ingest', what: `${done.size} of ${what} read`, seconds })
  }
  if (done.size === 0) {
    throw new StudioError('no-granules', 'None of the granules can be read.', {
      file: project.sources.inputs.join(', '),
      hint: 'See the reasons above; download the granules again.',
    })
  }
  const record = {
    step: 'ingest',
    key: fingerprint(project.sources.inputs),
    seconds: 0,
    skipped: [],
  } as const
  await steps.finish('ingest', { ...record, summary: found.granules, skipped: [] }, [])
  return found.granules.flatMap((granule) => {
    const summary = done.get(granule.name)
    return summary === undefined ? [] : [{ parquet: parquetOf(granule), summary }]
  })
}

async function ingestAll(
  context: RunContext,
  granules: readonly GranuleFile[],
  parquetOf: (granule: GranuleFile) => string,
  done: Map<string, GranuleSummary>,
): Promise<void> {
  const { pool, project, signal, emit } = context
  const memoryMb = Math.max(128, Math.floor((project.settings.memory * 0.6) / pool.size))
  const total = granules.length
  let finished = 0
  const advance = (): void =>
    emit({ kind: 'progress', step: 'ingest', done: ++finished, total, unit: 'granules' })
  await pool.runAll(
    'ingest',
    granules.map((granule) => ({ path: granule.path, output: parquetOf(granule), memoryMb })),
    ({ index, output }) => {
      done.set(granules[index].name, output)
      advance()
    },
    ({ error }) => {
      if (!isOfGranule(error)) throw error
      noteSkipped(context, error)
      advance()
    },
    () => ({ signal }),
  )
}

/** Whether an error is the granule's fault; any other ends the run. */
function isOfGranule({ tag }: StudioError): boolean {
  return (
    tag === 'granule-foreign' ||
    tag === 'granule-incomplete' ||
    tag === 'granule-unreadable' ||
    tag === 'hdf5-open' ||
    tag === 'hdf5-read' ||
    tag === 'input-missing' ||
    tag === 'worker-died'
  )
}
