import { readFile } from 'node:fs/promises'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { ExploreLayer } from '../../src-shared/explore/layers'
import { countDistribution } from '../explore/distribution'
import { shotValuesFor } from '../explore/columns'
import { FootprintLayer } from '../explore/footprint-layer'
import { loadGranules, type ShotWorld } from '../explore/load-granules'
import { loadTables } from '../explore/load-tables'
import { SubsetLayer } from '../explore/subset-layer'
import type { JobContext } from '../process/context'
import type { EXPLORE_JOBS } from './explore-schemas'
import type { JobInput, JobOutput } from './schemas'

type ExploreRunners = {
  [Name in keyof typeof EXPLORE_JOBS]: (
    input: JobInput<Name>,
    context: JobContext,
  ) => Promise<JobOutput<Name>>
}

/** What this worker process holds for the Filter step, the Subset step and the map. */
const open: { footprints: FootprintLayer | null; subset: SubsetLayer | null } = {
  footprints: null,
  subset: null,
}

/** The code behind the explore jobs. */
export const EXPLORE_RUNNERS: ExploreRunners = {
  'explore-open': async (input, context) => {
    if (input.from === 'subset') {
      const { tables, noScene, records, ...limits } = input
      open.subset = null // what was held before makes room
      open.subset = new SubsetLayer(await loadTables(tables, limits, context), { noScene, records }, limits)
      await open.subset.refresh(context.signal)
      return open.subset.map.opened()
    }
    open.footprints = null
    open.footprints = new FootprintLayer(await loadShots(input, context))
    return open.footprints.map.opened()
  },
  'explore-filter': async ({ settings, areaFile }, context) => {
    const layer = footprints()
    const geoJson = areaFile === null ? null : await readFile(areaFile, 'utf8').catch(() => null)
    return layer.apply(settings, geoJson, context)
  },
  'explore-states': (_, { signal }) => subset().refresh(signal),
  'explore-tile': ({ layer, dropped, ...tile }) =>
    Promise.resolve({ bytes: opened(layer).map.tile(tile, dropped) }),
  'explore-record': ({ layer, row }) => Promise.resolve(opened(layer).record(row)),
  distribution: countDistribution,
}

async function loadShots(
  input: Exclude<JobInput<'explore-open'>, { from: 'subset' }>,
  context: JobContext,
): Promise<ShotWorld> {
  if (input.from === 'granules') return loadGranules(input.granules, input, context)
  const tables = await loadTables(input.tables, input, context)
  return { ...tables, values: shotValuesFor(tables.keys.length), filterable: false }
}

function opened(layer: ExploreLayer): FootprintLayer | SubsetLayer {
  return layer === 'footprints' ? footprints() : subset()
}

function footprints(): FootprintLayer {
  return open.footprints ?? notOpen('The footprints')
}

function subset(): SubsetLayer {
  return open.subset ?? notOpen('The footprints of the subset')
}

function notOpen(what: string): never {
  throw new StudioError('not-ready', `${what} are not loaded.`, {
    hint: 'Load them first; where they were, the process that held them has ended.',
  })
}
