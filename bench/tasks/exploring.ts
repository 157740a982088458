import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings'
import { mercatorX, mercatorY } from '../../src-worker/explore/mercator'
import { granuleSummarySchema, sidecarPath } from '../../src-worker/footprints/granule-summary'
import type { IngestedGranule } from '../../src-worker/footprints/granule-overlap'
import { JOB_RUNNERS } from '../../src-worker/jobs/runners'
import { quietContext } from '../../src-worker/process/context'
import { randomNumbers } from '../world/footprints'
import { trackTables } from '../world/tracks'
import type { Task } from './task'

const TEMPORARY_MB = 1024
/** Tiles of each zoom level, and the levels: from the whole world to single footprints. */
const TILES = 12
const LEVELS = 17

const exploreInput = z.object({ folder: z.string(), temporary: z.string() })
const exploreOutput = z.object({
  rows: z.int(),
  /** Milliseconds of each change of a setting: small steps of a slider, and jumps. */
  steps: z.array(z.number()),
  jumps: z.array(z.number()),
  /** Milliseconds of each tile, and of the first one after each change of a setting. */
  tiles: z.array(z.number()),
  firstTiles: z.array(z.number()),
})

/** Opens the footprints of 400 granules, then filters them and asks for tiles as a person at the window would. */
export const explore: Task<z.infer<typeof exploreInput>, z.infer<typeof exploreOutput>> = {
  input: exploreInput,
  output: exploreOutput,
  run: async ({ folder, temporary }, timed) => {
    const granules = await readGranules(folder)
    const limits = { memoryMb: TEMPORARY_MB, tempDirectory: join(temporary, 'spill') }
    const { rows, bounds } = await timed(() =>
      JOB_RUNNERS['explore-open']({ from: 'granules', granules, ...limits }, quietContext()),
    )
    if (bounds === null) throw new Error('there are no footprints')
    const filter = (settings: Partial<Settings>): Promise<number> =>
      milliseconds(() =>
        JOB_RUNNERS['explore-filter'](
          { settings: { ...DEFAULT_SETTINGS, ...settings }, areaFile: null },
          quietContext(),
        ),
      )
    const tile = (z: number, lon: number, lat: number): Promise<number> => {
      const [x, y] = [Math.floor(mercatorX(lon) * 2 ** z), Math.floor(mercatorY(lat) * 2 ** z)]
      const address = { layer: 'footprints', z, x, y, dropped: false } as const
      return milliseconds(() => JOB_RUNNERS['explore-tile'](address, quietContext()))
    }
    await filter({})
    const steps: number[] = []
    const firstTiles: number[] = []
    for (const settings of smallSteps()) {
      steps.push(await filter(settings))
      firstTiles.push(await tile(5, bounds.west, bounds.north))
    }
    const jumps: number[] = []
    for (const settings of largeSteps()) jumps.push(await filter(settings))
    const random = randomNumbers(9)
    const tiles: number[] = []
    for (let z = 0; z < LEVELS; z++) {
      for (let i = 0; i < TILES; i++) {
        const lon = bounds.west + random() * (bounds.east - bounds.west)
        tiles.push(await tile(z, lon, bounds.south + random() * (bounds.north - bounds.south)))
      }
    }
    return { rows, steps, jumps, tiles, firstTiles }
  },
}

/** Sliders that are drawn along, each from the settings that the last one left. */
function smallSteps(): Partial<Settings>[] {
  const along = (from: number, by: number): number[] =>
    Array.from({ length: 10 }, (_, step) => Number((from + by * step).toFixed(3)))
  return [
    ...along(0.49, -0.01).map((maxRelativeStandardError) => ({ maxRelativeStandardError })),
    ...along(2, 2).map((minAgbd) => ({ maxRelativeStandardError: 0.4, minAgbd })),
    ...along(0.9, 0.002).map((minSensitivity) => ({
      ...{ maxRelativeStandardError: 0.4, minAgbd: 20 },
      minSensitivity,
    })),
  ]
}

/** Changes that concern many footprints at once. */
function largeSteps(): Partial<Settings>[] {
  return [
    { maxRelativeStandardError: 0.1 },
    {},
    { requireL2Quality: false },
    { beams: ['full-power'] },
    {},
    { bbox: [8, 46, 10, 49] },
    { bbox: [8.1, 46, 10, 49] },
    { trainYears: [2019, 2020] },
    { trainYears: [2019, 2020], minAgbd: 300 },
    {},
  ]
}

const distributionInput = z.object({ table: z.string(), temporary: z.string() })

/** Makes a combined table of all footprints of the 400 granules. */
export const combineTracks: Task<z.infer<typeof exploreInput>, { table: string; rows: number }> = {
  input: exploreInput,
  output: z.object({ table: z.string(), rows: z.int() }),
  run: async ({ folder, temporary }) => {
    const outputs = { train: join(temporary, 'train.csv'), test: join(temporary, 'test.csv') }
    const settings: Settings = {
      ...DEFAULT_SETTINGS,
      ...{ requireL2Quality: false, requireL4Quality: false, requireSurface: false },
      ...{ maxRelativeStandardError: 100, trainYears: [2019, 2020, 2021, 2022], testYears: [] },
    }
    const limits = { memoryMb: TEMPORARY_MB, tempDirectory: join(temporary, 'spill') }
    const granules = await readGranules(folder)
    const { train } = await JOB_RUNNERS.combine(
      { granules, settings, areaFile: null, outputs, ...limits },
      quietContext(),
    )
    return { table: outputs.train, rows: train }
  },
}

/** Counts a table for the Subset step. */
export const distribution: Task<z.infer<typeof distributionInput>, { rows: number }> = {
  input: distributionInput,
  output: z.object({ rows: z.int() }),
  run: async ({ table, temporary }, timed) => {
    const limits = { memoryMb: TEMPORARY_MB, tempDirectory: join(temporary, 'spill') }
    const { rows } = await timed(() => JOB_RUNNERS.distribution({ table, ...limits }, quietContext()))
    return { rows }
  },
}

function readGranules(folder: string): Promise<IngestedGranule[]> {
  return Promise.all(
    trackTables(folder).map(async (parquet) => {
      const sidecar = await readFile(sidecarPath(parquet), 'utf8')
      return { parquet, summary: granuleSummarySchema.parse(JSON.parse(sidecar)) }
    }),
  )
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
