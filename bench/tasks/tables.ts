import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { granuleSummarySchema, sidecarPath } from '../../src-worker/footprints/granule-summary'
import { REQUIRED_COLUMNS } from '../../src-worker/footprints/shot-columns'
import type { NumericArray } from '../../src-worker/hdf5/element-type'
import { openHdf5 } from '../../src-worker/hdf5/file-reader'
import { JOB_RUNNERS } from '../../src-worker/jobs/runners'
import { catalogFilesSchema, JOBS } from '../../src-worker/jobs/schemas'
import { quietContext } from '../../src-worker/process/context'
import { measure, costSchema, type Task } from './task'

/** What a run gives a database that has the machine to itself, with default settings. */
const TABLE_MEMORY_MB = Math.floor(DEFAULT_SETTINGS.memory * 0.6)

const readInput = z.object({ path: z.string(), repeats: z.int() })
const readOutput = z.object({ runs: z.array(costSchema), sums: z.record(z.string(), z.number()) })

/** Reads the nine columns of all beams of a granule, several times, and adds them up. */
export const readColumns: Task<z.infer<typeof readInput>, z.infer<typeof readOutput>> = {
  input: readInput,
  output: readOutput,
  run: async ({ path, repeats }) => {
    const runs = []
    let data = new Map<string, NumericArray[]>()
    for (let i = 0; i < repeats; i++) {
      const { result, cost } = await measure(() => columnsOf(path))
      runs.push(cost)
      data = result
    }
    return { runs, sums: Object.fromEntries([...data].map(([name, parts]) => [name, sum(parts)])) }
  },
}

async function columnsOf(path: string): Promise<Map<string, NumericArray[]>> {
  const file = await openHdf5(path)
  const beams = file.names('/').filter((name) => name.startsWith('BEAM'))
  const data = new Map(
    REQUIRED_COLUMNS.map((column) => [column, beams.map((beam) => file.read(`${beam}/${column}`))]),
  )
  file.close()
  return data
}

function sum(parts: readonly NumericArray[]): number {
  let total = 0
  for (const part of parts) for (const value of part) total += Number(value)
  return total
}

const ingestInput = z.object({ path: z.string(), temporary: z.string() })

/** The job that brings a granule into a project. */
export const ingest: Task<z.infer<typeof ingestInput>, { shots: number }> = {
  input: ingestInput,
  output: z.object({ shots: z.int() }),
  run: ({ path, temporary }, timed) => {
    const request = { path, output: join(temporary, 'granule.parquet'), memoryMb: TABLE_MEMORY_MB / 2 }
    return timed(() => JOB_RUNNERS.ingest(request, quietContext()))
  },
}

const combineInput = z.object({ tables: z.array(z.string()), temporary: z.string() })
const combineOutput = z.object({ rows: z.int(), shots: z.int() })

/** The job that filters, shuffles and writes the combined tables. */
export const combine: Task<z.infer<typeof combineInput>, z.infer<typeof combineOutput>> = {
  input: combineInput,
  output: combineOutput,
  run: async ({ tables, temporary }, timed) => {
    const granules = await Promise.all(
      tables.map(async (parquet) => {
        const sidecar = await readFile(sidecarPath(parquet), 'utf8')
        return { parquet, summary: granuleSummarySchema.parse(JSON.parse(sidecar)) }
      }),
    )
    const outputs = { train: join(temporary, 'train.csv'), test: join(temporary, 'test.csv') }
    const limits = { memoryMb: TABLE_MEMORY_MB, tempDirectory: join(temporary, 'spill') }
    const { train, test, shots } = await timed(() =>
      JOB_RUNNERS.combine(
        { granules, settings: DEFAULT_SETTINGS, areaFile: null, outputs, ...limits },
        quietContext(),
      ),
    )
    await rm(outputs.train)
    await rm(outputs.test)
    return { rows: train + test, shots }
  },
}

const planInput = z.object({ table: z.string(), catalog: catalogFilesSchema, temporary: z.string() })

/** The job that chooses the scenes of a subset. */
export const plan: Task<z.infer<typeof planInput>, z.infer<typeof JOBS.plan.output>> = {
  input: planInput,
  output: JOBS.plan.output,
  run: ({ table, catalog, temporary }, timed) => {
    const request = {
      split: 'train',
      subset: table,
      scenes: catalog.scenes,
      settings: DEFAULT_SETTINGS,
      output: join(temporary, 'plan.parquet'),
      rejections: join(temporary, 'no-scene.csv'),
      open: null,
      extend: false,
      memoryMb: TABLE_MEMORY_MB,
      tempDirectory: join(temporary, 'spill'),
    } as const
    return timed(() => JOB_RUNNERS.plan(request, quietContext()))
  },
}
