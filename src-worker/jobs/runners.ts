import { readFile } from 'node:fs/promises'
import { StudioError } from '../../src-shared/errors/studio-error'
import { plotDistribution } from '../figures/plot-distribution'
import { combineFootprints } from '../footprints/combine'
import { withDatabase } from '../footprints/database'
import { ingestGranule } from '../footprints/ingest'
import { drawSubset } from '../footprints/subset'
import { importTable } from '../footprints/table'
import { writeTable } from '../footprints/write-table'
import { datasetStatistics } from '../hdf5/statistics'
import { verifyDataset } from '../hdf5/verify'
import { planSplit } from '../plan/plan-split'
import type { JobContext } from '../process/context'
import { runBatch } from './batch-job'
import { runCatalog } from './catalog-job'
import { runFuse } from './fuse-job'
import type { JobInput, JobName, JobOutput } from './schemas'

type Runners = {
  [Name in JobName]: (input: JobInput<Name>, context: JobContext) => Promise<JobOutput<Name>>
}

/** The code behind each job. */
export const JOB_RUNNERS: Runners = {
  ingest: ingestGranule,
  combine: async (input, context) => {
    const { area } = input.settings
    const areaGeoJson = area === null ? undefined : await readArea(area)
    return combineFootprints({ ...input, areaGeoJson }, context)
  },
  subset: drawSubset,
  table: ({ table, output, ...limits }, { signal }) =>
    withDatabase(limits, async (database) => {
      const { rows } = await importTable(database, table, 'given', signal)
      if (output !== null) await writeTable(database, { from: 'given', orderBy: 'rowid' }, output, signal)
      return { rows }
    }),
  figure: plotDistribution,
  catalog: runCatalog,
  plan: planSplit,
  batch: runBatch,
  fuse: runFuse,
  verify: ({ path }, context) => verifyDataset(path, context),
  statistics: ({ path }, context) => datasetStatistics(path, context),
}

async function readArea(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new StudioError('input-missing', 'The area file does not exist or cannot be read.', {
      file: path,
      hint: 'Check the path given with --area.',
      cause,
    })
  }
}
