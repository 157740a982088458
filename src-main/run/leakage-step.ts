import { toStudioError } from '../../src-shared/errors/studio-error'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import { leakageSchema, sharingWords, type Leakage } from '../../src-shared/run/leakage'
import { fingerprint } from '../project/fingerprint'
import type { StepsFile } from '../project/steps-file'
import type { FusedSplit } from './fuse-step'
import { doStep, listenAs, tableLimits, type RunContext } from './run-context'

/** What a measure was made of: the datasets as their steps are recorded; null where one is missing. */
export function leakageKey(steps: StepsFile): string | null {
  const keys = SPLITS.map((split) => steps.get(`fuse:${split}`)?.key)
  return keys.some((key) => key === undefined) ? null : fingerprint(keys)
}

/**
 * Measures how near the test samples are to the train samples, for the report. The datasets are there by then, so a
 * measure that fails is told and left out.
 * @returns null where not both datasets are there
 * @throws StudioError `cancelled`
 */
export async function leakageStep(
  context: RunContext,
  datasets: ReadonlyMap<Split, FusedSplit>,
): Promise<Leakage | null> {
  const [train, test] = [datasets.get('train')?.dataset, datasets.get('test')?.dataset]
  const key = leakageKey(context.steps)
  if (train === undefined || test === undefined || key === null) return null
  const what = 'how near test is to train'
  try {
    const record = await doStep(context, { id: 'leakage', step: 'fuse', key, what }, async () => {
      const input = { basis: 'samples', train, test, ...tableLimits(context) } as const
      const summary = await context.pool.run('leakage', input, listenAs(context, 'fuse', 'test patches'))
      return { what: sharingWords(summary), outputs: [], summary }
    })
    return leakageSchema.parse(record.summary)
  } catch (thrown) {
    const error = toStudioError(thrown)
    if (error.tag === 'cancelled') throw error
    const message = `How near test is to train could not be measured. ${error.describe()}`
    context.emit({ kind: 'log', level: 'warning', message })
    return null
  }
}
