import { readFile } from 'node:fs/promises'
import { combineFootprints } from '../footprints/combine'
import { withDatabase } from '../footprints/database'
import { ingestGranule } from '../footprints/ingest'
import { drawSubset } from '../footprints/subset'
import { importTable, rewriteTable } from '../footprints/table'
import { datasetStatistics } from '../hdf5/statistics'
import { verifyDataset } from '../hdf5/verify'
import { planSplit } from '../plan/plan-split'
import type { JobContext } from '../process/context'
import { runBatch } from './batch-job'
import { runCatalogCheck } from './catalog-check-job'
import { runCatalog } from './catalog-job'
import { EXPLORE_RUNNERS } from './explore-jobs'
import { runForecast } from './forecast-job'
import { runFuse, runFuseFolder } from './fuse-job'
import { runLeakage } from './leakage-job'
import { runSceneOutlines } from './scene-outlines-job'
import type { JobInput, JobName, JobOutput } from './schemas'

type Runners = {
  [Name in JobName]: (input: JobInput<Name>, context: JobContext) => Promise<JobOutput<Name>>
}

/** The code behind each job. */
export const JOB_RUNNERS: Runners = {
  ingest: ingestGranule,
  combine: async ({ areaFile, ...input }, context) => {
    const areaGeoJson = areaFile === null ? undefined : await readFile(areaFile, 'utf8')
    return combineFootprints({ ...input, areaGeoJson }, context)
  },
  subset: drawSubset,
  table: ({ table, output, ...limits }, { signal }) =>
    withDatabase(limits, async (database) => {
      if (output === null) return importTable(database, table, 'given', signal)
      return { rows: await rewriteTable(database, table, output, signal) }
    }),
  figure: async (input, context) => {
    // Loaded only by the worker that draws: the plotting library is large, and workers that cut never need it.
    const { plotDistribution } = await import('../figures/plot-distribution')
    return plotDistribution(input, context)
  },
  catalog: runCatalog,
  plan: planSplit,
  forecast: runForecast,
  batch: runBatch,
  fuse: runFuse,
  'fuse-folder': runFuseFolder,
  verify: ({ path }, context) => verifyDataset(path, context),
  statistics: ({ path }, context) => datasetStatistics(path, context),
  // Loaded only where a card is made, for the plotting library behind its map.
  'card-facts': async (input, context) =>
    (await import('../card/card-facts-job')).runCardFacts(input, context),
  leakage: runLeakage,
  ...EXPLORE_RUNNERS,
  'catalog-check': runCatalogCheck,
  'scene-outlines': runSceneOutlines,
  // Loaded only by the worker that shows patches.
  'patch-list': async (input, context) => (await import('./patch-jobs')).runPatchList(input, context),
  'patch-measure': async (input, context) => (await import('./patch-jobs')).runPatchMeasure(input, context),
  'patch-newest': async (input, context) => (await import('./patch-jobs')).runPatchNewest(input, context),
  'patch-thumbnails': async (input, context) =>
    (await import('./patch-jobs')).runPatchThumbnails(input, context),
  'patch-detail': async (input) => (await import('./patch-jobs')).runPatchDetail(input),
  'patch-geotiff': async (input) => (await import('./patch-jobs')).runPatchGeotiff(input),
}
