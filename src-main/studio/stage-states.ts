import { z } from 'zod'
import type { RunState } from '../../src-shared/api/run-state'
import { STAGE_OF_STEP, STAGES, type Stage, type StageState } from '../../src-shared/api/stages'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import type { Project } from '../../src-shared/run/project'
import type { Step } from '../../src-shared/run/steps'
import { counted } from '../../src-shared/wording/counted'
import { granuleSummarySchema } from '../../src-worker/footprints/granule-summary'
import { fingerprint } from '../project/fingerprint'
import type { StepId } from '../project/step-keys'
import type { StepRecord } from '../project/steps-file'
import { differInReviewOnly } from '../run/fuse-step'
import { excludedSince, fuseSummarySchema } from '../run/left-out-samples'
import { activeSplits, combineRecordSchema } from '../run/table-steps'
import type { ProjectSurvey } from './project-survey'

/** A stage by itself; `because` is said where only that made it stale. */
type Plain = Pick<StageState, 'state' | 'result'> & { because?: string | null }

const count = (value: number): string => value.toLocaleString('en')
const rowsSchema = z.object({ rows: z.int() })
const samplesSchema = z.object({ samples: z.int() })
const granulesSchema = z.array(granuleSummarySchema.pick({ name: true, size: true }))

/** The state of every stage of the window, from the files of the project and its run. */
export async function stageStates(
  project: Project,
  survey: ProjectSurvey,
  run: RunState,
): Promise<Record<Stage, StageState>> {
  const plain: Record<Stage, Plain> = {
    sources: sourcesStage(project, survey),
    filter: await filterStage(project, survey),
    subset: await subsetStage(project, survey),
    generate: generateStage(project, survey),
    review: reviewStage(survey, run),
    fuse: await fuseStage(project, survey),
  }
  const firstStale = STAGES.find((stage) => plain[stage].state === 'stale')
  const states = STAGES.map((stage) => [stage, complete(stage, plain[stage], firstStale, survey)] as const)
  return withRun(Object.fromEntries(states) as Record<Stage, StageState>, run)
}

/** The step to restart from where the results of a stage are stale. */
const RESTART: Readonly<Partial<Record<Stage, Step>>> = {
  filter: 'combine',
  subset: 'subset',
  generate: 'plan',
  fuse: 'fuse',
}

/** What changed where a stage is the first stale one, and what is said at those after it. */
const CHANGED: Readonly<Record<Stage, { here: string; before: string }>> = {
  sources: { here: 'Sources changed since', before: 'Sources changed since' },
  filter: { here: 'Sources or filter changed since', before: 'Filter changed since' },
  subset: { here: 'Sizes or tables changed since', before: 'Subset changed since' },
  generate: { here: 'Imagery or checks changed since', before: 'Samples changed since' },
  review: { here: 'Samples changed since', before: 'Samples changed since' },
  fuse: { here: 'Samples or their order changed since', before: 'Samples changed since' },
}

function complete(
  stage: Stage,
  { state, result, because: own }: Plain,
  firstStale: Stage | undefined,
  { error }: ProjectSurvey,
): StageState {
  const isStale = state === 'stale'
  const because = firstStale === undefined || !isStale ? null : CHANGED[firstStale]
  return {
    state: stage === 'sources' && error !== null ? 'failed' : state,
    result,
    staleBecause: because === null ? null : firstStale === stage ? (own ?? because.here) : because.before,
    restartFrom: isStale && firstStale !== undefined ? (RESTART[firstStale] ?? null) : null,
    error: stage === 'sources' ? (error?.toJSON() ?? null) : null,
  }
}

/** What runs now, and where the last run failed. */
function withRun(states: Record<Stage, StageState>, run: RunState): Record<Stage, StageState> {
  const active = run.finished === null && run.started !== null
  const stage = run.step === null ? null : STAGE_OF_STEP[run.step.step]
  if (stage === null) return states
  if (active) return { ...states, [stage]: { ...states[stage], state: 'running' } }
  if (run.status !== 'failed') return states
  return { ...states, [stage]: { ...states[stage], state: 'failed', error: run.error } }
}

function sourcesStage({ sources }: Project, { steps, granules }: ProjectSurvey): Plain {
  const tables = SPLITS.filter((split) => sources.combined[split] !== null || sources.subset[split] !== null)
  if (sources.inputs.length === 0 && tables.length === 0) return { state: 'empty', result: null }
  if (sources.inputs.length === 0)
    return { state: 'done', result: `${counted(tables.length, 'table')} given` }
  const found = granules?.granules ?? []
  const record = steps?.get('ingest')
  const read = granulesSchema.safeParse(record?.summary)
  const isRead = record?.key === fingerprint(sources.inputs) && read.success
  const same = isRead && read.data.length === found.length
  // Inputs that cannot be looked at say so with their error.
  if (granules === null) return { state: 'ready', result: null }
  const result = counted(found.length, 'granule')
  if (same) return { state: 'done', result }
  return {
    state: 'ready',
    result: `${result}, ${read.success ? 'inputs changed since' : 'not all read yet'}`,
  }
}

/** Whether a step's results are there, of other settings, or not. */
async function stepState(
  { steps, keys }: ProjectSurvey,
  id: Exclude<StepId, 'ingest' | 'leakage' | 'card' | 'fuse:train' | 'fuse:test'>,
): Promise<'done' | 'stale' | 'none'> {
  const record = steps?.get(id)
  if (steps === null || keys === null || record === undefined) return 'none'
  if (record.key !== keys[id]) return 'stale'
  return (await steps.done(id, keys[id])) === null ? 'none' : 'done'
}

function hasSources({ sources }: Project): boolean {
  const { inputs, combined, subset } = sources
  return inputs.length > 0 || SPLITS.some((split) => combined[split] !== null || subset[split] !== null)
}

async function filterStage(project: Project, survey: ProjectSurvey): Promise<Plain> {
  if (!hasSources(project)) return { state: 'empty', result: null }
  const state = await stepState(survey, 'combine')
  const record = combineRecordSchema.safeParse(survey.steps?.get('combine')?.summary)
  if (state === 'none' || !record.success) return { state: 'ready', result: null }
  const { rows, shots } = record.data
  const kept = (rows.train ?? 0) + (rows.test ?? 0)
  const result = shots === null ? `${count(kept)} given` : `${count(kept)} kept of ${count(shots.shots)}`
  return { state, result }
}

/** One state out of those of both splits: the one that asks for something. */
function worst(states: readonly ('done' | 'stale' | 'none')[]): 'done' | 'stale' | 'none' {
  if (states.includes('stale')) return 'stale'
  return states.length === 0 || states.includes('none') ? 'none' : 'done'
}

async function subsetStage(project: Project, survey: ProjectSurvey): Promise<Plain> {
  if (!hasSources(project)) return { state: 'empty', result: null }
  const splits = activeSplits({ project })
  const state = worst(await Promise.all(splits.map((split) => stepState(survey, `subset:${split}`))))
  if (state === 'none') return { state: 'ready', result: null }
  const rows = (split: Split): number =>
    rowsSchema.safeParse(survey.steps?.get(`subset:${split}`)?.summary).data?.rows ?? 0
  return { state, result: `${count(rows('train'))} train, ${count(rows('test'))} test` }
}

function generateStage(project: Project, { steps, keys, batches, run }: ProjectSurvey): Plain {
  if (!hasSources(project) || project.sources.source === null) return { state: 'empty', result: null }
  const stale = activeSplits({ project }).some((split) => {
    const record = steps?.get(`batch:${split}`) ?? steps?.get(`plan:${split}`)
    const key = record?.step === 'batch' ? keys?.[`batch:${split}`] : keys?.[`plan:${split}`]
    return record !== undefined && keys !== null && record.key !== key
  })
  if (stale) return { state: 'stale', result: null }
  if (batches.total === 0) return { state: 'ready', result: null }
  const samples = run.funnel.train.samples + run.funnel.test.samples
  const open = run.funnel.train.failed + run.funnel.test.failed
  const result =
    batches.done < batches.total
      ? `${count(samples)} samples, ${batches.done} of ${batches.total} batches`
      : `${counted(samples, 'sample')}${open > 0 ? `, ${count(open)} failed` : ''}`
  return { state: batches.done < batches.total || open > 0 ? 'ready' : 'done', result }
}

function reviewStage({ batches, run: before }: ProjectSurvey, run: RunState): Plain {
  // A project that was just opened has no run of its own yet; one that runs is ahead of what was looked at.
  const cut = ({ funnel }: Pick<RunState, 'funnel'>): number => funnel.train.samples + funnel.test.samples
  const samples = Math.max(cut(before), cut(run))
  if (batches.done === 0 && samples === 0) return { state: 'empty', result: null }
  return { state: 'ready', result: `${counted(samples, 'patch', 'patches')} to look at` }
}

async function fuseStage(project: Project, survey: ProjectSurvey): Promise<Plain> {
  const { steps, batches } = survey
  const splits = activeSplits({ project })
  const records = splits.flatMap((split) => {
    const record = steps?.get(`fuse:${split}`)
    return record === undefined ? [] : [{ split, record }]
  })
  if (records.length === 0) return { state: batches.done === 0 ? 'empty' : 'ready', result: null }
  const samples = records.map(
    ({ split, record }) => `${count(samplesSchema.safeParse(record.summary).data?.samples ?? 0)} ${split}`,
  )
  const isCurrent = records.every(({ split, record }) => record.key === survey.fuseKeys.get(split))
  if (!isCurrent || records.length < splits.length) {
    const because = records.length < splits.length ? null : reviewedSince(records, survey)
    return { state: 'stale', result: samples.join(', '), because }
  }
  // Nothing has changed since, so they are simply made again.
  const lost = await Promise.all(records.map(async ({ split }) => (await steps?.lost(`fuse:${split}`)) ?? []))
  if (lost.flat().length > 0) return { state: 'ready', result: lost.flat().join(', ') }
  return { state: 'done', result: samples.join(', ') }
}

/** What the review changed since the datasets were fused: "3 samples excluded since"; null where other things changed too. */
function reviewedSince(
  records: readonly { split: Split; record: StepRecord }[],
  { fuseKeys, excluded }: ProjectSurvey,
): string | null {
  const [before, now]: [string[], string[]] = [[], []]
  for (const { split, record } of records) {
    const key = fuseKeys.get(split) ?? ''
    if (record.key !== key && !differInReviewOnly(record.key, key)) return null
    before.push(...(fuseSummarySchema.safeParse(record.summary).data?.excluded ?? []))
    now.push(...(excluded.get(split) ?? []))
  }
  return excludedSince(before, now)
}
