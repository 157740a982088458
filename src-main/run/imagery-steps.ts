import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Split } from '../../src-shared/footprint/footprint'
import { counted } from '../../src-shared/wording/counted'
import { JOBS, type JobOutput } from '../../src-worker/jobs/schemas'
import { doStep, listenAs, tableLimits, type RunContext } from './run-context'
import { activeSplits } from './table-steps'

export type SplitPlan = JobOutput<'plan'>

/** Names of providers that a later version reads from. */
const PROVIDERS = ['planetary-computer', 'earth-search', 'aws']

/**
 * Reads the imagery sources and chooses the scenes of every footprint.
 * @throws StudioError `usage` where no source is given; `catalog-empty`
 */
export async function planStep(context: RunContext): Promise<Map<Split, SplitPlan>> {
  await catalogStep(context)
  const plans = new Map<Split, SplitPlan>()
  for (const split of activeSplits(context)) {
    const { paths, project, pool, keys } = context
    const step = { id: `plan:${split}`, step: 'plan', key: keys[`plan:${split}`], what: split } as const
    const record = await doStep(context, step, async () => {
      const output = paths.plan(split)
      const rejections = paths.noScene(split)
      const summary = await pool.run(
        'plan',
        {
          split,
          subset: paths.subset(split),
          scenes: paths.catalog.scenes,
          settings: project.settings,
          output,
          rejections,
          ...tableLimits(context),
        },
        listenAs(context, 'plan', 'footprints'),
      )
      const { footprints, noScene, scenes, batches } = summary
      const what = `${split}: ${counted(scenes, 'scene')} for ${footprints - noScene} of ${counted(footprints, 'footprint')}, ${counted(batches, 'batch', 'batches')}`
      return { what, outputs: [output, rejections], summary }
    })
    const plan = JOBS.plan.output.parse(record.summary)
    plans.set(split, plan)
    context.emit({ kind: 'planned', split, asked: plan.footprints, noScene: plan.noScene })
  }
  return plans
}

async function catalogStep(context: RunContext): Promise<void> {
  const { paths, project, pool, keys } = context
  const { source, demSource, landcoverSource } = project.sources
  if (source === null) {
    throw new StudioError('usage', 'No imagery source was given.', {
      hint: 'Give --source the folder with Sentinel-2 scenes.',
    })
  }
  const step = { id: 'catalog', step: 'plan', key: keys.catalog, what: 'imagery catalog' } as const
  await doStep(context, step, async () => {
    const sources = { source, demSource: demSource ?? source, landcoverSource: landcoverSource ?? source }
    for (const name of Object.values(sources)) refuseProvider(name)
    const found = await pool.run(
      'catalog',
      { ...sources, files: paths.catalog, ...tableLimits(context) },
      listenAs(context, 'plan', 'catalog files'),
    )
    const what = `${counted(found.scenes, 'scene')}, ${counted(found.dem, 'DEM tile')}, ${counted(found.landcover, 'land-cover tile')}`
    return { what, outputs: [paths.catalog.scenes, paths.catalog.tiles], summary: found }
  })
}

const urlSchema = z.string().regex(/^https?:\/\//i)

/** @throws StudioError `usage` for a name of a provider or an address, which this version does not read */
export function refuseProvider(name: string): void {
  if (!PROVIDERS.includes(name) && !urlSchema.safeParse(name).success) return
  throw new StudioError('usage', `This version reads imagery from folders, not from ${name}.`, {
    hint: 'Download the scenes and tiles and give their folder.',
  })
}
