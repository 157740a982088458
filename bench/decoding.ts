import { z } from 'zod'
import { optionalTool } from '../e2e/tools'
import { median, type Benchmark } from './benchmark'
import { short } from './report'
import { costSchema } from './tasks/task'
import { jp2Path } from './world/jp2'

const AIM = 0.6
/** Each side decodes the file this often in a process; the median counts, so that code is compiled. */
const REPEATS = 5

const theirsSchema = z.object({ tiles: z.int(), runs: z.array(costSchema), sum: z.number() })

/** Decoding tiles of a SAFE product's band, beside GDAL. */
export const decoding: Benchmark = {
  name: 'jp2',
  title: 'Decoding JPEG 2000 tiles of 1024 x 1024 pixels of 15 bits, one core: tiles per second of CPU time',
  run: async (bench) => {
    if (!optionalTool('rasterio')) return []
    const path = jp2Path(await bench.folder('jp2'))
    const input = { path, repeats: REPEATS }
    const { output, measured } = await bench.run('decodeTiles', input, true)
    const theirs = theirsSchema.parse(bench.python('decode_rasterio.py', 'rasterio', input))
    if (output.sum !== theirs.sum || output.tiles !== theirs.tiles) {
      throw new Error(`rasterio decoded other pixels: their sum is ${theirs.sum} instead of ${output.sum}`)
    }
    const value = output.tiles / median(output.runs.map(({ cpu }) => cpu))
    const compared = { by: 'rasterio', value: theirs.tiles / median(theirs.runs.map(({ cpu }) => cpu)) }
    const ratio = value / compared.value
    const first = short(output.tiles / output.runs[0].cpu)
    const peak = short(measured.peakBytes / 2 ** 20)
    return [
      {
        ...{ what: 'tiles', value, unit: '/s', compared, ratio },
        aim: { text: `at least ${AIM} x`, met: ratio >= AIM },
        note: `the first ${output.tiles} of a process ${first} /s; ${peak} MiB`,
      },
    ]
  },
}
