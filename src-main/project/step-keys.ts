import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import type { Project } from '../../src-shared/run/project'
import type { Step } from '../../src-shared/run/steps'
import {
  isAsBefore,
  SETTING_KEYS,
  SETTINGS,
  type SettingKey,
  type Settings,
} from '../../src-shared/settings/settings'
import { isAnyRemote } from '../../src-worker/stac/providers'
import { fingerprint } from './fingerprint'

/** Ids of results that have a key: of the whole project, or of one split. */
export type StepId =
  'ingest' | 'combine' | 'catalog' | 'leakage' | 'card' | `${'subset' | 'plan' | 'batch' | 'fuse'}:${Split}`

/**
 * Fingerprints by id. Those of fuse follow from the batches that are there; of it there is only the fingerprint of its own
 * settings, with which its keys begin (see fuseKey).
 */
export type StepKeys = Readonly<
  Record<Exclude<StepId, 'ingest' | 'leakage' | 'card' | `fuse:${Split}`> | 'fuse', string>
>

/** Settings that matter for one split only. */
const SPLIT_SETTINGS: Readonly<Partial<Record<SettingKey, Split>>> = {
  maxSizeTraining: 'train',
  maxSizeTest: 'test',
  testDistance: 'test',
}

function settingsOf(settings: Settings, step: Step, split: Split | null): object {
  const keys = SETTING_KEYS.filter(
    (key) =>
      SETTINGS[key].affects === step &&
      !isAsBefore(settings, key) &&
      (split === null || (SPLIT_SETTINGS[key] ?? split) === split),
  )
  return Object.fromEntries(keys.map((key) => [key, settings[key]]))
}

/**
 * What each step's results depend on, as one fingerprint a step: that of the step before, its settings, its sources.
 * @param granules name and size of each granule
 * @param area fingerprint of the area file's content, null without one
 * @throws StudioError `input-missing` where a given table does not exist
 */
export async function stepKeys(
  project: Project,
  granules: readonly { name: string; size: number }[],
  area: string | null,
): Promise<StepKeys> {
  const { settings, sources } = project
  const identities = granules.map(({ name, size }) => ({ name, size }))
  const given = await Promise.all(SPLITS.map((split) => tableIdentity(sources.combined[split])))
  const combine = fingerprint([identities, settingsOf(settings, 'combine', null), area, given])
  const subsetKey = async (split: Split): Promise<string> => {
    const table = await tableIdentity(sources.subset[split])
    return fingerprint(table ?? [combine, settingsOf(settings, 'subset', split)])
  }
  const subsets = { train: await subsetKey('train'), test: await subsetKey('test') }
  // Kept apart from the train subset, the test subset is another one when that is.
  if (settings.testDistance !== null && sources.subset.test === null)
    subsets.test = fingerprint([subsets.test, subsets.train])
  const catalog = catalogKey(project, Object.values(subsets))
  const keysOf = (split: Split): Record<'subset' | 'plan' | 'batch', string> => {
    const subset = subsets[split]
    const plan = fingerprint([subset, catalog, settingsOf(settings, 'plan', split)])
    return { subset, plan, batch: batchKey(plan, settings, split) }
  }
  const [train, test] = [keysOf('train'), keysOf('test')]
  return {
    combine,
    catalog,
    'subset:train': train.subset,
    'subset:test': test.subset,
    'plan:train': train.plan,
    'plan:test': test.plan,
    'batch:train': train.batch,
    'batch:test': test.batch,
    // Where tables are given, nothing else follows from the seed.
    fuse: fingerprint([
      settingsOf(settings, 'fuse', null),
      settings.order === 'random' ? settings.seed : null,
    ]),
  }
}

/**
 * Key of the catalog. Folders are read whole, whatever the footprints; servers are asked for just what the footprints
 * need, so there it depends on them and on the limits of the search as well.
 */
function catalogKey({ sources, settings }: Project, subsets: readonly string[]): string {
  const names = [sources.source, sources.demSource, sources.landcoverSource]
  if (!isAnyRemote(sources)) return fingerprint(names)
  const { maxDays, maxCloudCover } = settings
  return fingerprint([...names, { subsets, maxDays, maxCloudCover }])
}

/** Key of the batches of a split from that of its plan. */
export function batchKey(plan: string, settings: Settings, split: Split): string {
  return fingerprint([plan, settingsOf(settings, 'batch', split)])
}

/** What a table was, as far as can be told without reading it. */
async function tableIdentity(path: string | null): Promise<object | null> {
  if (path === null) return null
  const found = await stat(path).catch((cause: unknown) => {
    throw new StudioError('input-missing', 'The table does not exist or cannot be read.', {
      file: path,
      hint: 'Check the path that was given for it.',
      cause,
    })
  })
  return { path: resolve(path), size: found.size, mtimeMs: found.mtimeMs }
}
