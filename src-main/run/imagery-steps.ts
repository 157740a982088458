import type { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Split } from '../../src-shared/footprint/footprint'
import type { RunEvent } from '../../src-shared/run/events'
import { counted } from '../../src-shared/wording/counted'
import { JOBS, type JobOutput } from '../../src-worker/jobs/schemas'
import {
  openCount,
  plannedCount,
  planSummarySchema,
  type SplitPlan,
} from '../../src-worker/plan/plan-summary'
import { isAnyRemote } from '../../src-worker/stac/providers'
import { doStep, listenAs, networkLimits, tableLimits, type RunContext } from './run-context'
import { activeSplits } from './table-steps'

/**
 * Reads the imagery sources and chooses the scenes of every footprint.
 * Footprints of searches that failed stay open: the next run asks these again and adds them to the plan, after the
 * batches that are there.
 * @throws StudioError `usage` where no source is given; `catalog-empty`; those of a server that answers no search
 */
export async function planStep(context: RunContext): Promise<Map<Split, SplitPlan>> {
  const catalog = await catalogStep(context)
  const plans = new Map<Split, SplitPlan>()
  for (const split of activeSplits(context)) {
    const { paths, project, pool, keys } = context
    const id = `plan:${split}` as const
    const before = recordOf(context, id, planSummarySchema)
    const isOpen = before !== null && openCount(before) > 0
    // Batches may have been cut by it, so its rows keep their places.
    const extend = isOpen || (before?.parts ?? []).length > 1
    const step = { id, step: 'plan', key: keys[id], what: split, unfinished: isOpen } as const
    const record = await doStep(context, step, async () => {
      const output = paths.plan(split)
      const rejections = paths.noScene(split)
      const summary = await pool.run(
        'plan',
        {
          split,
          subset: paths.subset(split),
          scenes: paths.catalog.scenes,
          open: catalog.failedSearches > 0 ? paths.openPlaces : null,
          extend,
          settings: project.settings,
          output,
          rejections,
          ...tableLimits(context),
        },
        listenAs(context, 'plan', 'footprints'),
      )
      const { footprints, scenes, batches } = summary
      const what = `${split}: ${counted(scenes, 'scene')} for ${plannedCount(summary)} of ${counted(footprints, 'footprint')}, ${counted(batches, 'batch', 'batches')}`
      return { what, outputs: [output, rejections], summary }
    })
    const plan = planSummarySchema.parse(record.summary)
    plans.set(split, plan)
    context.emit(plannedEvent(split, plan))
  }
  return plans
}

/** What a plan tells whoever follows the run. */
export function plannedEvent(split: Split, { footprints, noScene, open }: SplitPlan): RunEvent {
  return { kind: 'planned', split, asked: footprints, noScene, failures: open }
}

/** What a step reported that was made from the same things as now, whether or not its files are whole; else null. */
function recordOf<T>(
  { steps, keys }: RunContext,
  id: 'catalog' | `plan:${Split}`,
  schema: z.ZodType<T>,
): T | null {
  const record = steps.get(id)
  return record?.key === keys[id] ? schema.parse(record.summary) : null
}

async function catalogStep(context: RunContext): Promise<JobOutput<'catalog'>> {
  const { paths, project, pool, keys } = context
  const { source, demSource, landcoverSource } = project.sources
  if (source === null) {
    throw new StudioError('usage', 'No imagery source was given.', {
      hint: 'Give --source a folder with Sentinel-2 scenes, planetary-computer, earth-search, or the address of a STAC API.',
    })
  }
  const before = recordOf(context, 'catalog', JOBS.catalog.output)
  const unfinished = before !== null && before.failedSearches > 0
  const extend = unfinished || before?.extended === true
  const step = {
    id: 'catalog',
    step: 'plan',
    key: keys.catalog,
    what: 'imagery catalog',
    unfinished,
  } as const
  const record = await doStep(context, step, async () => {
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
        open: paths.openPlaces,
        extend,
        ...tableLimits(context),
      },
      listenAs(context, 'plan', isAnyRemote(project.sources) ? 'searches' : 'catalog files'),
    )
    const what = `${counted(found.scenes, 'scene')}, ${counted(found.dem, 'DEM tile')}, ${counted(found.landcover, 'land-cover tile')}`
    const { scenes, tiles } = paths.catalog
    return { what, outputs: [scenes, tiles, paths.openPlaces], summary: found }
  })
  return JOBS.catalog.output.parse(record.summary)
}
