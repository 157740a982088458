import { StudioError } from '../../src-shared/errors/studio-error'
import type { Split } from '../../src-shared/footprint/footprint'
import { counted } from '../../src-shared/wording/counted'
import { JOBS, type JobOutput } from '../../src-worker/jobs/schemas'
import { isAnyRemote } from '../../src-worker/stac/providers'
import { doStep, listenAs, networkLimits, tableLimits, type RunContext } from './run-context'
import { activeSplits } from './table-steps'

export type SplitPlan = JobOutput<'plan'>

/**
 * Reads the imagery sources and chooses the scenes of every footprint.
 * @throws StudioError `usage` where no source is given; `catalog-empty`; those of a search that fails for good, after
 * which running again asks only what is missing
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
      hint: 'Give --source a folder with Sentinel-2 scenes, planetary-computer, earth-search, or the address of a STAC API.',
    })
  }
  const step = { id: 'catalog', step: 'plan', key: keys.catalog, what: 'imagery catalog' } as const
  await doStep(context, step, async () => {
    const found = await pool.run(
      'catalog',
      {
        source,
        demSource,
        landcoverSource,
        subsets: activeSplits(context).map((split) => paths.subset(split)),
        settings: project.settings,
        network: { ...networkLimits(context), connections: project.settings.connections },
        searches: paths.searches,
        files: paths.catalog,
        ...tableLimits(context),
      },
      listenAs(context, 'plan', isAnyRemote(project.sources) ? 'searches' : 'catalog files'),
    )
    const what = `${counted(found.scenes, 'scene')}, ${counted(found.dem, 'DEM tile')}, ${counted(found.landcover, 'land-cover tile')}`
    return { what, outputs: [paths.catalog.scenes, paths.catalog.tiles], summary: found }
  })
}
