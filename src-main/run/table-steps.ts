import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import { combineSummarySchema, type CombineSummary } from '../../src-worker/footprints/combine-summary'
import { subsetSummarySchema, type SubsetSummary } from '../../src-worker/footprints/subset-summary'
import type { IngestedGranule } from './ingest-step'
import { doStep, listenAs, tableLimits, type RunContext } from './run-context'

const givenSchema = z.object({ rows: z.int() })

const combinedSchema = z.object({
  /** Rows of each combined table, made or given; none of a split whose subset was given. */
  rows: z.partialRecord(z.enum(SPLITS), z.int()),
  /** What became of the shots of the granules, null where all tables were given. */
  shots: combineSummarySchema.nullable(),
})
export type CombinedTables = z.infer<typeof combinedSchema>

/** Before given tables were counted, the record of the step was what became of the shots. */
export const combineRecordSchema = combinedSchema.or(
  combineSummarySchema.nullable().transform((shots): CombinedTables => ({
    rows: shots === null ? {} : { train: shots.train, test: shots.test },
    shots,
  })),
)

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
 * @returns null where the subsets were given, so that there are no combined tables
 */
export async function combineStep(
  context: RunContext,
  granules: readonly IngestedGranule[],
): Promise<CombinedTables | null> {
  const { paths, keys } = context
  const { combined: given } = context.project.sources
  const splits = combinedSplits(context)
  if (splits.length === 0) return null
  const step = { id: 'combine', step: 'combine', key: keys.combine, what: splits.join(' and ') } as const
  const record = await doStep(context, step, async () => {
    const rows: CombinedTables['rows'] = {}
    for (const split of splits) {
      const table = given[split]
      if (table !== null) rows[split] = (await bringIn(context, 'combine', table, paths.combined(split))).rows
    }
    const fromGranules = splits.filter((split) => given[split] === null)
    let shots: CombineSummary | null = null
    if (fromGranules.length > 0) {
      shots = await combineGranules(context, granules, fromGranules)
      for (const split of fromGranules) rows[split] = shots[split]
    }
    const what = splits.map(
      (split) => `${rows[split] ?? 0} ${split}${given[split] === null ? '' : ' (given table)'}`,
    )
    const outputs = splits.map((split) => paths.combined(split))
    return { what: what.join(', '), outputs, summary: { rows, shots } satisfies CombinedTables }
  })
  return combineRecordSchema.parse(record.summary)
}

/** Makes the combined tables of some splits from granules. */
async function combineGranules(
  context: RunContext,
  granules: readonly IngestedGranule[],
  splits: readonly Split[],
): Promise<CombineSummary> {
  const { paths, project, pool } = context
  await mkdir(paths.temporary, { recursive: true })
  const output = (split: Split): string =>
    splits.includes(split) ? paths.combined(split) : `${paths.temporary}/${split}_unused.csv`
  return pool.run(
    'combine',
    {
      granules: [...granules],
      settings: project.settings,
      areaFile: project.settings.area === null ? null : paths.area,
      outputs: { train: output('train'), test: output('test') },
      ...tableLimits(context),
    },
    listenAs(context, 'combine', 'shots'),
  )
}

const GIVEN_AS_IT_IS =
  'The test subset was given and is taken as it is; footprints near to train footprints are not left out.'

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
        if (split === 'test' && project.settings.testDistance !== null)
          context.emit({ kind: 'log', level: 'warning', message: GIVEN_AS_IT_IS })
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
          apart: split === 'test' ? apartFromTrain(context) : null,
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

/** The table that the test subset is kept apart from, and how far; null where the settings do not ask for it. */
function apartFromTrain(context: RunContext): { table: string; distance: number } | null {
  const { testDistance: distance } = context.project.settings
  if (distance === null || !activeSplits(context).includes('train')) return null
  return { table: context.paths.subset('train'), distance }
}

/** Writes a table that was given into the project, in the project's own form; nothing where it is that file itself. */
async function bringIn(
  context: RunContext,
  step: 'combine' | 'subset',
  given: string,
  output: string,
): Promise<{ rows: number }> {
  const target = resolve(given) === resolve(output) ? null : output
  return context.pool.run(
    'table',
    { table: given, output: target, ...tableLimits(context) },
    listenAs(context, step, 'rows'),
  )
}
