import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { z } from 'zod'
import { BANDS } from '../src-shared/dataset/bands'
import { median, type Answer, type Bench, type Benchmark, type Figure } from './benchmark'
import { short } from './report'
import { costSchema } from './tasks/task'
import { cutPlan } from './world/cut-plans'
import { SPREADS, type Spread } from './world/footprints'
import { BLOCK_EDGES, benchScene, benchTiles, type BlockEdge } from './world/imagery'

/** How many times faster than opening every file anew for each footprint. */
const AIMS: Record<Spread, number> = { sparse: 40, dense: 100 }

/** The script and each of our ways are run this often; the median counts. */
const ROUNDS = 3

/** How long the script runs in a round, seconds. */
const SCRIPT_SECONDS = 4

const WAYS = [
  { task: 'cutBands', what: '12 bands', script: 'bands', aimed: true },
  { task: 'cutSamples', what: 'whole samples', script: 'all', aimed: true },
  { task: 'cutJob', what: 'batch job with its file', script: 'all', aimed: false },
] as const
type Way = (typeof WAYS)[number]
type Run = Answer<Way['task']>

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
  const script: ScriptResult[] = []
  const runs: Record<Way['task'], Run[]> = { cutBands: [], cutSamples: [], cutJob: [] }
  // In turn, so that whatever else the machine does meanwhile hits both sides.
  for (let round = 0; round < ROUNDS; round++) {
    const result = runScript(bench, table, imagery, block)
    if (result !== null) script.push(result)
    for (const { task } of WAYS) {
      runs[task].push(await bench.run(task, { plan, catalog, temporary: bench.temporary }, true))
    }
  }
  for (const { sums } of script) requireSamePixels(runs.cutBands[0].output.sums, sums)
  return WAYS.map((way) =>
    figureOf(way, `${spread}, blocks of ${block}`, runs[way.task], script, AIMS[spread]),
  )
}

function figureOf(
  way: Way,
  where: string,
  runs: readonly Run[],
  script: readonly ScriptResult[],
  aim: number,
): Figure {
  const { samples, counters } = runs[0].output
  const value = samples / median(runs.map(({ output }) => output.again.cpu))
  const first = samples / median(runs.map(({ measured }) => measured.cpu))
  const peak = Math.max(...runs.map(({ measured }) => measured.peakBytes)) / 2 ** 20
  const details = `${counters.blocksDecoded} blocks; ${short(peak)} MiB`
  const figure = { what: `${where}: ${way.what}`, value, unit: '/s' }
  if (script.length === 0)
    return { ...figure, note: `first batch of a worker ${short(first)} /s; ${details}` }
  const theirs = median(script.map((result) => scriptRate(result, way.script)))
  const ratio = value / theirs
  return {
    ...figure,
    compared: { by: 'rasterio', value: theirs },
    ratio,
    ...(way.aimed ? { aim: { text: `${aim} x`, met: ratio >= aim } } : {}),
    note: `first batch of a worker ${short(first)} /s, ${short(first / theirs)} x; ${details}`,
  }
}

/** Footprints per second of CPU time that the script cuts: the 12 bands, or these with terrain and land cover. */
function scriptRate({ footprints, bands, tiles }: ScriptResult, part: Way['script']): number {
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
