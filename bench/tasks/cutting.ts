import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Scene } from '../../src-shared/catalog/scene'
import { BANDS, PATCH_PIXELS } from '../../src-shared/dataset/bands'
import { TileIndex } from '../../src-worker/catalog/tiles'
import { withDatabase } from '../../src-worker/footprints/database'
import { JOB_RUNNERS } from '../../src-worker/jobs/runners'
import { catalogFilesSchema, countersSchema } from '../../src-worker/jobs/schemas'
import { readScenes, readTiles } from '../../src-worker/plan/catalog-store'
import { readBatch, type PlannedFootprint } from '../../src-worker/plan/read-batch'
import { quietContext } from '../../src-worker/process/context'
import { utmProjection } from '../../src-worker/raster/projection'
import { RasterPool } from '../../src-worker/raster/raster-pool'
import { cutBatch } from '../../src-worker/sample/cut-batch'
import { cutBand, sortByBlock } from '../../src-worker/sample/cut-bands'
import { windowAt, type PatchWindow } from '../../src-worker/sample/window'
import { CUT_SETTINGS } from '../world/cut-plans'
import type { Task } from './task'

const input = z.object({ plan: z.string(), catalog: catalogFilesSchema, temporary: z.string() })
type CutInput = z.infer<typeof input>

const output = z.object({
  samples: z.int(),
  counters: countersSchema,
  /** By row of the subset: sum of the pixels of the 10 m bands. Only of `cutBands`. */
  sums: z.array(z.number()),
})
export type CutOutput = z.infer<typeof output>

/** Memory of one worker for decoded blocks and its database, as a run with default settings on two cores has it. */
const LIMITS = { cacheBytes: 512 * 2 ** 20, memoryMb: 102 } as const

/** Cuts the 12 bands of one scene: what the prototype and the script that is compared with do. */
export const cutBands: Task<CutInput, CutOutput> = {
  input,
  output,
  run: async (request, timed) => {
    const { footprints, scenes } = await readPlan(request)
    const scene = onlyScene(scenes)
    const rasters = new RasterPool(LIMITS.cacheBytes)
    const items = await timed(async () => {
      const sorted = sortByBlock(footprints.map((footprint) => newItem(scene, footprint)))
      for (let band = 0; band < BANDS.length; band++) {
        await cutBand(
          scene,
          band,
          sorted,
          ({ bands }) => bands.subarray(band * PATCH_PIXELS, (band + 1) * PATCH_PIXELS),
          (_, error) => {
            throw error
          },
          rasters,
          new AbortController().signal,
        )
      }
      return sorted
    })
    const sums: number[] = []
    for (const { footprint, bands } of items) sums[footprint.index] = sumOfFineBands(bands)
    return { samples: items.length, counters: rasters.counters, sums }
  },
}

/** Cuts whole samples, with terrain and land cover, and throws them away. */
export const cutSamples: Task<CutInput, CutOutput> = {
  input,
  output,
  run: async (request, timed) => {
    const { footprints, scenes } = await readPlan(request)
    const { dem, landcover } = await readTiles(request.catalog.tiles)
    const environment = {
      rasters: new RasterPool(LIMITS.cacheBytes),
      dem: new TileIndex(dem),
      landcover: new TileIndex(landcover),
      settings: CUT_SETTINGS,
      signal: new AbortController().signal,
    }
    let samples = 0
    const sink = {
      sample: () => samples++,
      rejected: () => undefined,
      failed: (_: PlannedFootprint, error: Error) => {
        throw error
      },
    }
    await timed(() => cutBatch(footprints, scenes, environment, sink, () => undefined))
    return { samples, counters: environment.rasters.counters, sums: [] }
  },
}

/** The whole job of a worker: reads the plan, cuts, fills and compresses the batch file. */
export const cutJob: Task<CutInput, CutOutput> = {
  input,
  output,
  run: async ({ plan, catalog, temporary }, timed) => {
    const file = join(temporary, `batch_${process.pid}.h5`)
    const request = {
      split: 'train',
      batch: 0,
      key: '',
      plan,
      catalog,
      settings: CUT_SETTINGS,
      output: file,
      record: `${file}.json`,
      attributes: {},
      tempDirectory: temporary,
      ...LIMITS,
    } as const
    const { samples, counters } = await timed(() => JOB_RUNNERS.batch(request, quietContext()))
    await rm(request.output)
    await rm(request.record)
    return { samples, counters, sums: [] }
  },
}

interface Item {
  footprint: PlannedFootprint
  window: PatchWindow
  bands: Uint16Array
}

function newItem(scene: Scene, footprint: PlannedFootprint): Item {
  const [x, y] = utmProjection(scene.epsg).forward(footprint.lon, footprint.lat)
  const window = windowAt(scene.grid, x, y)
  if (window === null) throw new Error(`footprint ${footprint.index} lies outside its scene`)
  return { footprint, window, bands: new Uint16Array(BANDS.length * PATCH_PIXELS) }
}

function sumOfFineBands(bands: Uint16Array): number {
  let sum = 0
  for (const [band, { resolution }] of BANDS.entries()) {
    if (resolution !== 10) continue
    for (const value of bands.subarray(band * PATCH_PIXELS, (band + 1) * PATCH_PIXELS)) sum += value
  }
  return sum
}

function readPlan({ plan, catalog, temporary }: CutInput): Promise<{
  footprints: PlannedFootprint[]
  scenes: Map<number, Scene>
}> {
  const limits = { memoryMb: LIMITS.memoryMb, threads: 1, tempDirectory: temporary }
  return withDatabase(limits, async (database) => ({
    footprints: await readBatch(database, plan, 0, new AbortController().signal),
    scenes: await readScenes(database, catalog.scenes),
  }))
}

function onlyScene(scenes: ReadonlyMap<number, Scene>): Scene {
  const scene = scenes.get(0)
  if (scene === undefined) throw new Error('the catalog holds no scene')
  return scene
}
