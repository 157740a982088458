import { stat } from 'node:fs/promises'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import { leakageSchema, type Leakage } from '../../src-shared/run/leakage'
import type { Settings } from '../../src-shared/settings/settings'
import type { JobInput } from '../../src-worker/jobs/schemas'
import type { ProjectPaths } from '../project/project-paths'
import { StepsFile } from '../project/steps-file'
import { leakageKey } from './leakage-step'

/** What to measure, or the measure that the run left. */
export type LeakageBasis =
  | { kind: 'known'; leakage: Leakage }
  | {
      kind: 'open'
      input: JobInput<'leakage'>
      /** The same for the same files. */
      version: string
    }

/**
 * What tells best how near test is to train: the datasets, or, where there are none or subsets newer than they, the
 * subset tables.
 * @returns null where there is neither
 * @throws StudioError `project-invalid` as StepsFile.open
 */
export async function findLeakage(
  paths: ProjectPaths,
  { memory }: Pick<Settings, 'memory'>,
  tempDirectory: string,
): Promise<LeakageBasis | null> {
  const datasets = await filesOf((split) => paths.dataset(split))
  const subsets = await filesOf((split) => paths.subset(split))
  const areCurrent = datasets !== null && (subsets === null || datasets.oldest >= subsets.newest)
  const found = areCurrent ? datasets : subsets
  if (found === null) return null
  if (areCurrent) {
    const steps = await StepsFile.open(paths)
    const record = steps.get('leakage')
    const known = leakageSchema.safeParse(record?.summary)
    if (record?.key === leakageKey(steps) && known.success) return { kind: 'known', leakage: known.data }
  }
  const input = {
    basis: areCurrent ? 'samples' : 'subset',
    ...found.paths,
    memoryMb: Math.floor(memory * 0.5),
    tempDirectory,
  } as const
  return { kind: 'open', input, version: found.version }
}

/** The files of both splits with the times they were written; null where one is missing. */
async function filesOf(
  pathOf: (split: Split) => string,
): Promise<{ paths: Record<Split, string>; oldest: number; newest: number; version: string } | null> {
  const found = await Promise.all(SPLITS.map((split) => stat(pathOf(split)).catch(() => null)))
  const times: number[] = []
  for (const file of found) {
    if (file === null) return null
    times.push(file.mtimeMs)
  }
  return {
    paths: { train: pathOf('train'), test: pathOf('test') },
    oldest: Math.min(...times),
    newest: Math.max(...times),
    version: found.map((file) => `${file?.size ?? 0} ${file?.mtimeMs ?? 0}`).join(', '),
  }
}
