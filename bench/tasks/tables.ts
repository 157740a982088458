import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { granuleSummarySchema, sidecarPath } from '../../src-worker/footprints/granule-summary'
import { REQUIRED_COLUMNS } from '../../src-worker/footprints/shot-columns'
import type { NumericArray } from '../../src-worker/hdf5/element-type'
import { openHdf5 } from '../../src-worker/hdf5/file-reader'
import { JOB_RUNNERS } from '../../src-worker/jobs/runners'
import { catalogFilesSchema, JOBS, type JobOutput } from '../../src-worker/jobs/schemas'
import { quietContext } from '../../src-worker/process/context'
import { measure, costSchema, type Task } from './task'

/** What a run gives a database that has the machine to itself, with default settings. */
const TABLE_MEMORY_MB = Math.floor(DEFAULT_SETTINGS.memory * 0.5)

/** Milliseconds between two looks at a folder. */
const WATCH_MS = 200

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
  run: async (input, timed) => {
    const combined = await combination(input)
    const { train, test, shots } = await timed(combined.run)
    for (const table of Object.values(combined.outputs)) await rm(table)
    return { rows: train + test, shots }
  },
}

const subsetsOutput = z.object({ rows: z.int(), drawn: z.int(), spilled: z.number() })

/** The jobs that make combined tables and draw subsets of the default sizes from them. */
export const tablesToSubsets: Task<z.infer<typeof combineInput>, z.infer<typeof subsetsOutput>> = {
  input: combineInput,
  output: subsetsOutput,
  run: async (input, timed) => {
    const { run, outputs, limits } = await combination(input)
    const spill = watchFolder(limits.tempDirectory)
    const result = await timed(async () => {
      const { train, test } = await run()
      let drawn = 0
      for (const [split, size] of [
        ['train', DEFAULT_SETTINGS.maxSizeTraining],
        ['test', DEFAULT_SETTINGS.maxSizeTest],
      ] as const) {
        const output = join(input.temporary, `${split}_subset.csv`)
        const request = { table: outputs[split], output, size, seed: 0, split, apart: null, ...limits }
        drawn += (await JOB_RUNNERS.subset(request, quietContext())).rows
      }
      return { rows: train + test, drawn }
    })
    return { ...result, spilled: spill.most() }
  },
}

/** A combine job with what a run gives it. */
async function combination({ tables, temporary }: z.infer<typeof combineInput>): Promise<{
  run: () => Promise<JobOutput<'combine'>>
  outputs: { train: string; test: string }
  limits: { memoryMb: number; tempDirectory: string }
}> {
  const granules = await Promise.all(
    tables.map(async (parquet) => {
      const sidecar = await readFile(sidecarPath(parquet), 'utf8')
      return { parquet, summary: granuleSummarySchema.parse(JSON.parse(sidecar)) }
    }),
  )
  const outputs = { train: join(temporary, 'train.csv'), test: join(temporary, 'test.csv') }
  const limits = { memoryMb: TABLE_MEMORY_MB, tempDirectory: join(temporary, 'spill') }
  const request = { granules, settings: DEFAULT_SETTINGS, areaFile: null, outputs, ...limits }
  return { run: () => JOB_RUNNERS.combine(request, quietContext()), outputs, limits }
}

/** Looks now and then how much a folder holds. */
function watchFolder(folder: string): { most: () => number } {
  let most = 0
  const look = async (): Promise<void> => {
    const names = await readdir(folder).catch(() => [])
    const sizes = await Promise.all(
      names.map((name) =>
        stat(join(folder, name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    )
    most = Math.max(
      most,
      sizes.reduce((sum, size) => sum + size, 0),
    )
  }
  const timer = setInterval(() => void look(), WATCH_MS)
  timer.unref()
  return { most: () => most }
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
