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
import type { RasterCounters } from '../../src-worker/raster/block-raster'
import { localPace } from '../../src-worker/raster/reading-pace'
import { RasterPool } from '../../src-worker/raster/raster-pool'
import { cutBatch } from '../../src-worker/sample/cut-batch'
import { cutBand, sortByBlock } from '../../src-worker/sample/cut-bands'
import { windowAt, type PatchWindow } from '../../src-worker/sample/window'
import { CUT_SETTINGS } from '../world/cut-plans'
import { costSchema, measure, type Task } from './task'

const input = z.object({ plan: z.string(), catalog: catalogFilesSchema, temporary: z.string() })
type CutInput = z.infer<typeof input>

const output = z.object({
  samples: z.int(),
  counters: countersSchema.pick({ blocksNeeded: true, blocksDecoded: true, bytesRead: true }),
  /** By row of the subset: sum of the pixels of the 10 m bands. Only of `cutBands`. */
  sums: z.array(z.number()),
  /** What doing it once more costs, with nothing decoded yet but the code compiled: as in a worker's later batches. */
  again: costSchema,
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
    const cut = async (): Promise<{ items: Item[]; counters: RasterCounters }> => {
      const rasters = new RasterPool(LIMITS.cacheBytes)
      const items = sortByBlock(footprints.map((footprint) => newItem(scene, footprint)))
      for (let band = 0; band < BANDS.length; band++) await cutOne(scene, band, items, rasters)
      await rasters.close()
      return { items, counters: rasters.counters }
    }
    const { items, counters } = await timed(cut)
    const sums: number[] = []
    for (const { footprint, bands } of items) sums[footprint.index] = sumOfFineBands(bands)
    return { samples: items.length, counters, sums, again: (await measure(cut)).cost }
  },
}

/** Cuts whole samples, with terrain and land cover, and throws them away. */
export const cutSamples: Task<CutInput, CutOutput> = {
  input,
  output,
  run: async (request, timed) => {
    const { footprints, scenes } = await readPlan(request)
    const { dem, landcover } = await readTiles(request.catalog.tiles)
    const tiles = { dem: new TileIndex(dem), landcover: new TileIndex(landcover) }
    const cut = async (): Promise<{ samples: number; counters: RasterCounters }> => {
      const rasters = new RasterPool(LIMITS.cacheBytes)
      const { signal } = new AbortController()
      const environment = { rasters, pace: localPace(), ...tiles, settings: CUT_SETTINGS, signal }
      let samples = 0
      const sink = { sample: () => samples++, rejected: () => undefined, failed: throwError }
      await cutBatch(footprints, scenes, environment, sink, () => undefined)
      await rasters.close()
      return { samples, counters: rasters.counters }
    }
    return { ...(await timed(cut)), sums: [], again: (await measure(cut)).cost }
  },
}

/** The whole job of a worker: reads the plan, cuts, fills and compresses the batch file. */
export const cutJob: Task<CutInput, CutOutput> = {
  input,
  output,
  run: async ({ plan, catalog, temporary }, timed) => {
    const cut = async (cacheBytes: number): Promise<{ samples: number; counters: RasterCounters }> => {
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
        memoryMb: LIMITS.memoryMb,
        network: { connections: 1, cacheFolder: temporary, cacheBytes: 0 },
        cacheBytes,
        part: null,
      } as const
      const { samples, counters } = await JOB_RUNNERS.batch(request, quietContext())
      await rm(request.output)
      await rm(request.record)
      return { samples, counters }
    }
    const first = await timed(() => cut(LIMITS.cacheBytes))
    // A worker with another size of cache begins with an empty one.
    return { ...first, sums: [], again: (await measure(() => cut(LIMITS.cacheBytes + 1))).cost }
  },
}

function throwError(_: PlannedFootprint, error: Error): void {
  throw error
}

function cutOne(scene: Scene, band: number, items: readonly Item[], rasters: RasterPool): Promise<void> {
  const layer = ({ bands }: Item): Uint16Array =>
    bands.subarray(band * PATCH_PIXELS, (band + 1) * PATCH_PIXELS)
  const fail = ({ footprint }: Item, error: Error): void => throwError(footprint, error)
  return cutBand(scene, band, items, layer, fail, {
    rasters,
    pace: localPace(),
    signal: new AbortController().signal,
  })
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
