import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import { combineSummarySchema, type CombineSummary } from '../../src-worker/footprints/combine-summary'
import { subsetSummarySchema, type SubsetSummary } from '../../src-worker/footprints/subset-summary'
import type { IngestedGranule } from './ingest-step'
import { doStep, listenAs, tableLimits, type RunContext } from './run-context'

const givenSchema = z.object({ rows: z.int() })

/** Splits that have footprints to come from: granules, or a table given for them. */
export function activeSplits({ project }: Pick<RunContext, 'project'>): Split[] {
  const { inputs, combined, subset } = project.sources
  return SPLITS.filter((split) => inputs.length > 0 || combined[split] !== null || subset[split] !== null)
}

/** Splits whose combined table is made or brought in: those without a given subset. */
function combinedSplits(context: RunContext): Split[] {
  return activeSplits(context).filter((split) => context.project.sources.subset[split] === null)
}

/**
 * Makes the combined tables: from granules, or from tables given for them, which come into the project in its own
 * form.
 * @returns the summary of combining, null where all tables were given
 */
export async function combineStep(
  context: RunContext,
  granules: readonly IngestedGranule[],
): Promise<CombineSummary | null> {
  const { paths, project, pool, keys } = context
  const splits = combinedSplits(context)
  if (splits.length === 0) return null
  const fromGranules = splits.filter((split) => project.sources.combined[split] === null)
  const step = { id: 'combine', step: 'combine', key: keys.combine, what: splits.join(' and ') } as const
  const record = await doStep(context, step, async () => {
    for (const split of splits)
      await bringIn(context, 'combine', project.sources.combined[split], paths.combined(split))
    if (fromGranules.length === 0)
      return { what: 'given tables', outputs: splits.map((split) => paths.combined(split)), summary: null }
    await mkdir(paths.temporary, { recursive: true })
    const target = (split: Split): string =>
      fromGranules.includes(split) ? paths.combined(split) : `${paths.temporary}/${split}_unused.csv`
    const summary = await pool.run(
      'combine',
      {
        granules: [...granules],
        settings: project.settings,
        areaFile: project.settings.area === null ? null : paths.area,
        outputs: { train: target('train'), test: target('test') },
        ...tableLimits(context),
      },
      listenAs(context, 'combine', 'shots'),
    )
    const what = splits.map((split) => `${summary[split]} ${split}`).join(', ')
    return { what, outputs: splits.map((split) => paths.combined(split)), summary }
  })
  return combineSummarySchema.nullable().parse(record.summary)
}

/** Makes the subset tables: drawn from the combined ones, or given. */
export async function subsetStep(context: RunContext): Promise<Map<Split, SubsetSummary | { rows: number }>> {
  const summaries = new Map<Split, SubsetSummary | { rows: number }>()
  for (const split of activeSplits(context)) {
    const { paths, project, pool, keys } = context
    const given = project.sources.subset[split]
    const step = { id: `subset:${split}`, step: 'subset', key: keys[`subset:${split}`], what: split } as const
    const record = await doStep(context, step, async () => {
      const outputs = [paths.subset(split)]
      if (given !== null) {
        const { rows } = await bringIn(context, 'subset', given, paths.subset(split))
        return { what: `${rows} ${split} (given table)`, outputs, summary: { rows } }
      }
      const { settings } = project
      const size = split === 'train' ? settings.maxSizeTraining : settings.maxSizeTest
      const summary = await pool.run(
        'subset',
        {
          table: paths.combined(split),
          output: paths.subset(split),
          size,
          seed: settings.seed,
          split,
          ...tableLimits(context),
        },
        listenAs(context, 'subset', 'footprints'),
      )
      return { what: `${summary.rows} of ${summary.available} ${split}`, outputs, summary }
    })
    const full = subsetSummarySchema.safeParse(record.summary)
    summaries.set(split, full.success ? full.data : givenSchema.parse(record.summary))
  }
  return summaries
}

/** Writes a table that was given into the project, in the project's own form; nothing where it is that file itself. */
async function bringIn(
  context: RunContext,
  step: 'combine' | 'subset',
  given: string | null,
  output: string,
): Promise<{ rows: number }> {
  if (given === null) return { rows: 0 }
  const target = resolve(given) === resolve(output) ? null : output
  return context.pool.run(
    'table',
    { table: given, output: target, ...tableLimits(context) },
    listenAs(context, step, 'rows'),
  )
}
