import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SAMPLE_DIR } from '../../e2e/tools'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { readTile } from '../explore/tile-fixture'
import { combine, ingestAll, newFolder, type Combined } from '../footprints/combine-fixture'
import type { IngestedGranule } from '../footprints/granule-overlap'
import { quietContext } from '../process/context'
import { EXPLORE_RUNNERS } from './explore-jobs'
import { JOBS, type JobInput, type JobOutput } from './schemas'

type Name = keyof typeof EXPLORE_RUNNERS

/** Runs a job as the worker does, input and output checked. */
async function run<Job extends Name>(job: Job, input: JobInput<Job>): Promise<JobOutput<Job>> {
  const runner = EXPLORE_RUNNERS[job] as (input: unknown, context: unknown) => Promise<unknown>
  const output = await runner(JOBS[job].input.parse(input), quietContext())
  // The schema of a job's output is that of its own output type.
  return JOBS[job].output.parse(output) as JobOutput<Job>
}

const filter = { settings: DEFAULT_SETTINGS, areaFile: null }
const WORLD_TILE = { z: 0, x: 0, y: 0, dropped: false }

describe('explore jobs', () => {
  let limits = { memoryMb: 256, tempDirectory: '' }
  let granules: IngestedGranule[] = []
  let tables: Combined
  const paths = { train: '', test: '' }
  beforeAll(async () => {
    const folder = await newFolder()
    limits = { memoryMb: 256, tempDirectory: join(folder, 'spill') }
    granules = await ingestAll([SAMPLE_DIR])
    tables = await combine(granules)
    for (const split of ['train', 'test'] as const) {
      paths[split] = join(folder, `${split}.csv`)
      await writeFile(paths[split], tables.tables[split])
    }
  })

  it('refuse before a layer is open', async () => {
    const refused = expect.objectContaining({ tag: 'not-ready' }) as Error
    await expect(run('explore-filter', filter)).rejects.toEqual(refused)
    await expect(run('explore-states', {})).rejects.toEqual(refused)
    for (const layer of ['footprints', 'subset'] as const) {
      await expect(Promise.try(() => run('explore-tile', { layer, ...WORLD_TILE }))).rejects.toEqual(refused)
    }
  })
})
