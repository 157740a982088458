import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { z } from 'zod'
import { BANDS } from '../src-shared/dataset/bands'
import { median, type Bench, type Benchmark, type Figure } from './benchmark'
import { short } from './report'
import { costSchema } from './tasks/task'
import { cutPlan } from './world/cut-plans'
import { SPREADS, type Spread } from './world/footprints'
import { BLOCK_EDGES, benchScene, benchTiles, type BlockEdge } from './world/imagery'

/** How many times faster than opening every file anew for each footprint. */
const AIMS: Record<Spread, number> = { sparse: 40, dense: 100 }

/** Each of our ways is run this often; the median counts. */
const REPEATS = 3

/** How long the script runs for one case, seconds. */
const SCRIPT_SECONDS = 9

const WAYS = [
  { task: 'cutBands', what: '12 bands', script: 'bands', aimed: true },
  { task: 'cutSamples', what: 'whole samples', script: 'all', aimed: true },
  { task: 'cutJob', what: 'batch job with its file', script: 'all', aimed: false },
] as const

const scriptSchema = z.object({
  footprints: z.int(),
  bands: costSchema,
  tiles: costSchema,
  sums: z.array(z.number()),
})
type ScriptResult = z.infer<typeof scriptSchema>

/**
 * Samples per second that one worker on one core cuts from a whole scene, beside rasterio. What counts is a worker at
 * work, whose code is compiled but which finds no block decoded; its first batch stands in the note.
 */
export const cutting: Benchmark = {
  name: 'cut',
  title:
    'Cutting 1000 footprints from local COGs of a whole scene, one worker: samples per second of one core (CPU time)',
  run: async (bench) => {
    const imagery = await bench.folder('imagery')
    const plans = await bench.folder('plans')
    const figures: Figure[] = []
    for (const spread of SPREADS) {
      for (const block of BLOCK_EDGES) figures.push(...(await cutCase(bench, imagery, plans, spread, block)))
    }
    return figures
  },
}

async function cutCase(
  bench: Bench,
  imagery: string,
  plans: string,
  spread: Spread,
  block: BlockEdge,
): Promise<Figure[]> {
  await readAhead(Object.values(benchScene(imagery, block).bands))
  const { plan, catalog, table } = cutPlan(plans, spread, block)
  const script = runScript(bench, table, imagery, block)
  const figures: Figure[] = []
  for (const way of WAYS) {
    const runs = []
    for (let i = 0; i < REPEATS; i++) {
      runs.push(await bench.run(way.task, { plan, catalog, temporary: bench.temporary }, true))
    }
    const { samples, counters, sums } = runs[0].output
    const rate = (costs: readonly number[]): number => samples / median(costs)
    const first = rate(runs.map(({ measured }) => measured.cpu))
    const value = rate(runs.map(({ output }) => output.again.cpu))
    const peak = Math.max(...runs.map(({ measured }) => measured.peakBytes)) / 2 ** 20
    const details = `${counters.blocksDecoded} blocks; ${short(peak)} MiB`
    const figure = { what: `${spread}, blocks of ${block}: ${way.what}`, value, unit: '/s' }
    if (script === null) {
      figures.push({ ...figure, note: `first batch of a worker ${short(first)} /s; ${details}` })
      continue
    }
    if (way.task === 'cutBands') requireSamePixels(sums, script.sums)
    const theirs = scriptRate(script, way.script)
    const ratio = value / theirs
    figures.push({
      ...figure,
      compared: { by: 'rasterio', value: theirs },
      ratio,
      ...(way.aimed ? { aim: { text: `${AIMS[spread]} x`, met: ratio >= AIMS[spread] } } : {}),
      note: `first batch of a worker ${short(first)} /s, ${short(first / theirs)} x; ${details}`,
    })
  }
  return figures
}

/** Footprints per second of CPU time that the script cuts: the 12 bands, or these with terrain and land cover. */
function scriptRate({ footprints, bands, tiles }: ScriptResult, part: 'bands' | 'all'): number {
  return footprints / (part === 'bands' ? bands.cpu : bands.cpu + tiles.cpu)
}

function runScript(bench: Bench, table: string, imagery: string, block: BlockEdge): ScriptResult | null {
  const { bands, epsg, grid } = benchScene(imagery, block)
  const { dem, landcover } = benchTiles(imagery)
  const result = bench.python('cut_rasterio.py', 'rasterio', {
    table,
    bands: BANDS.map(({ name, resolution }) => [bands[name], resolution, name === 'SCL']),
    epsg,
    x0: grid.x0,
    y0: grid.y0,
    dem: dem.map(({ href }) => href),
    landcover: landcover[0].href,
    seconds: SCRIPT_SECONDS,
  })
  return result === null ? null : scriptSchema.parse(result)
}

/** @throws Error where the 10 m bands of a footprint differ: then speeds could not be compared. */
function requireSamePixels(ours: readonly number[], theirs: readonly number[]): void {
  const wrong = theirs.findIndex((sum, index) => sum !== ours[index])
  if (wrong === -1) return
  throw new Error(
    `rasterio cut other pixels for footprint ${wrong}: ${theirs[wrong]} instead of ${ours[wrong]}`,
  )
}

/** Reads files once, so that all that follows finds them in the system's cache. */
async function readAhead(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await once(createReadStream(path, { highWaterMark: 2 ** 22 }).resume(), 'close')
  }
}
