import { access, statfs } from 'node:fs/promises'
import { availableParallelism, totalmem } from 'node:os'
import type { PreflightItem } from '../../src-shared/api/inspection'
import { isRemoteSource } from '../../src-shared/catalog/source-name'
import { SPLITS } from '../../src-shared/footprint/footprint'
import { reportSchema, type SplitReport } from '../../src-shared/run/report'
import { formatSeconds } from '../../src-shared/wording/duration'
import type { Project } from '../../src-shared/run/project'
import { readFile } from 'node:fs/promises'
import type { ProjectPaths } from '../project/project-paths'
import { plannedCount } from '../../src-worker/plan/plan-summary'
import { SAMPLE_BYTES, SAMPLE_COPIES } from '../run/sample-bytes'
import type { ProjectSurvey } from './project-survey'
import { z } from 'zod'

const rowsSchema = z.object({ rows: z.int() })

/** What is to be known before a long run: how much there is to do, what it needs, and whether that is there. */
export async function preflight(
  paths: ProjectPaths,
  project: Project,
  survey: ProjectSurvey,
): Promise<PreflightItem[]> {
  const asked = footprintsAsked(survey, project)
  return [
    footprintsItem(survey, asked),
    await sourceItem('imagery', 'Imagery', project.sources.source),
    ...(await otherSources(project)),
    scenesItem(survey),
    await diskItem(paths, asked),
    await timeItem(paths, asked),
    workersItem(project),
  ]
}

/** Footprints that are to become samples: of the plan, or else of the subset. */
function footprintsAsked({ plans, steps }: ProjectSurvey, project: Project): number | null {
  const perSplit = SPLITS.map((split) => {
    const plan = plans.get(split)
    if (plan !== undefined) return plannedCount(plan)
    const subset = rowsSchema.safeParse(steps?.get(`subset:${split}`)?.summary)
    return subset.success ? subset.data.rows : null
  })
  if (perSplit.every((rows) => rows === null)) return null
  const most = [project.settings.maxSizeTraining, project.settings.maxSizeTest]
  return perSplit.reduce<number>((sum, rows, index) => sum + Math.min(rows ?? 0, most[index]), 0)
}

function footprintsItem({ plans }: ProjectSurvey, asked: number | null): PreflightItem {
  const item = { id: 'footprints', label: 'Footprints' }
  if (asked === null)
    return { ...item, value: 'not drawn yet', mark: 'unknown', note: 'The run draws the subset first.' }
  if (asked === 0)
    return {
      ...item,
      value: '0',
      mark: 'bad',
      note: 'The filter keeps nothing. Loosen it in the Filter step.',
    }
  const note = plans.size > 0 ? 'With a scene within the days around them.' : 'Of the subset.'
  return { ...item, value: asked.toLocaleString('en'), mark: 'good', note }
}

async function sourceItem(id: string, label: string, source: string | null): Promise<PreflightItem> {
  if (source === null)
    return { id, label, value: 'none', mark: 'bad', note: 'Choose an imagery source in the Sources step.' }
  if (isRemoteSource(source))
    return {
      id,
      label,
      value: source,
      mark: 'unknown',
      note: 'On the network. Check in the Sources step asks it.',
    }
  const reachable = await access(source).then(
    () => true,
    () => false,
  )
  return reachable
    ? { id, label, value: source, mark: 'good', note: null }
    : { id, label, value: source, mark: 'bad', note: 'The folder cannot be reached. Is the drive mounted?' }
}

async function otherSources({ sources }: Project): Promise<PreflightItem[]> {
  const { demSource, landcoverSource } = sources
  return [
    ...(demSource === null ? [] : [await sourceItem('dem', 'Terrain', demSource)]),
    ...(landcoverSource === null ? [] : [await sourceItem('landcover', 'Land cover', landcoverSource)]),
  ]
}

function scenesItem({ plans }: ProjectSurvey): PreflightItem {
  const item = { id: 'scenes', label: 'Scenes' }
  if (plans.size === 0)
    return { ...item, value: 'not chosen yet', mark: 'unknown', note: 'The run chooses them first.' }
  const scenes = [...plans.values()].reduce((sum, plan) => sum + plan.scenes, 0)
  const none = [...plans.values()].reduce((sum, plan) => sum + plan.noScene, 0)
  return {
    ...item,
    value: scenes.toLocaleString('en'),
    mark: scenes === 0 ? 'bad' : 'good',
    note: none === 0 ? null : `${none.toLocaleString('en')} footprints have no scene.`,
  }
}

async function diskItem(paths: ProjectPaths, asked: number | null): Promise<PreflightItem> {
  const item = { id: 'disk', label: 'Disk' }
  const free = await statfs(paths.folder).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  )
  const needed = asked === null ? null : asked * SAMPLE_BYTES * SAMPLE_COPIES
  if (free === null)
    return { ...item, value: 'unknown', mark: 'unknown', note: 'The folder cannot be looked at.' }
  if (needed === null) return { ...item, value: `${gigabytes(free)} free`, mark: 'unknown', note: null }
  const value = `about ${gigabytes(needed)} of ${gigabytes(free)} free`
  if (needed > free)
    return {
      ...item,
      value,
      mark: 'bad',
      note: 'Free space, draw a smaller subset, or choose another folder.',
    }
  return {
    ...item,
    value,
    mark: needed > free * 0.8 ? 'warning' : 'good',
    note: 'Batches and datasets together.',
  }
}

/** From the rate of the last run of this project; before the first there is no honest figure. */
async function timeItem(paths: ProjectPaths, asked: number | null): Promise<PreflightItem> {
  const item = { id: 'time', label: 'Time' }
  const text = await readFile(paths.report, 'utf8').catch(() => null)
  const report = text === null ? null : (reportSchema.safeParse(parsed(text)).data ?? null)
  const seconds = report?.stepSeconds.batch
  const done = report === null ? 0 : lookedAt(report.train) + lookedAt(report.test)
  if (asked === null || seconds === undefined || done < 100)
    return { ...item, value: 'not measured yet', mark: 'unknown', note: 'Shown once the run is under way.' }
  const rate = done / seconds
  const value = `about ${formatSeconds(asked / rate)}`
  return { ...item, value, mark: 'good', note: `At ${Math.round(rate)} footprints/s, as in the last run.` }
}

/** Footprints of a split whose imagery was looked at. */
function lookedAt({ samples, rejected }: SplitReport): number {
  const all = Object.values(rejected).reduce((sum, count) => sum + count, samples)
  return all - (rejected['no-scene'] ?? 0)
}

function workersItem({ settings }: Project): PreflightItem {
  const workers = settings.workers ?? availableParallelism()
  const memory = settings.memory * 2 ** 20
  const item = { id: 'workers', label: 'Workers', value: `${workers} with ${settings.memory} MiB together` }
  if (memory > totalmem() * 0.8)
    return { ...item, mark: 'warning', note: 'That is most of the memory of this machine. Give less.' }
  if (workers > availableParallelism())
    return { ...item, mark: 'warning', note: `This machine has ${availableParallelism()} processor cores.` }
  return { ...item, mark: 'good', note: null }
}

function gigabytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.max(1, Math.round(bytes / 1e6))} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
