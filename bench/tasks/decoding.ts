import { z } from 'zod'
import { BlockCache } from '../../src-worker/raster/block-cache'
import { BlockRaster, zeroCounters } from '../../src-worker/raster/block-raster'
import { openFileSource } from '../../src-worker/raster/file-source'
import { NeededBlocks } from '../../src-worker/raster/needed-blocks'
import { costSchema, measure, type Task } from './task'

const input = z.object({ path: z.string(), repeats: z.int() })
const output = z.object({
  /** Tiles that each run decodes. */
  tiles: z.int(),
  runs: z.array(costSchema),
  /** Sum of all pixels. */
  sum: z.number(),
})

/** Opens a raster and decodes each of its tiles once, several times over. */
export const decodeTiles: Task<z.infer<typeof input>, z.infer<typeof output>> = {
  input,
  output,
  run: async ({ path, repeats }) => {
    const runs = []
    let tiles = 0
    let sum = 0
    for (let i = 0; i < repeats; i++) {
      const { result, cost } = await measure(() => decodeAll(path))
      runs.push(cost)
      tiles = result.length
      sum = result.reduce((total, pixels) => total + pixels.reduce((all, value) => all + value, 0), 0)
    }
    return { tiles, runs, sum }
  },
}

async function decodeAll(path: string): Promise<Uint16Array[]> {
  const { signal } = new AbortController()
  const source = await openFileSource(path)
  const raster = await BlockRaster.open(source, new BlockCache(1), zeroCounters(), new NeededBlocks(), signal)
  const { blocksAcross, blocksDown } = raster.layout
  const blocks = Array.from({ length: blocksAcross * blocksDown }, (_, block) => block)
  const tiles: Uint16Array[] = []
  for (const [block, pixels] of await raster.load(blocks, signal)) {
    if (!(pixels instanceof Uint16Array)) throw new Error(`tile ${block} has no pixels of 16 bits`)
    tiles.push(pixels)
  }
  await raster.close()
  return tiles
}
