import { describe, expect, it } from 'vitest'
import { SAMPLE_DIR } from '../../e2e/tools'
import { BANDS } from '../../src-shared/dataset/bands'
import { readFolderCatalog } from '../catalog/folder'
import { quietContext } from '../process/context'
import { localPace } from '../raster/reading-pace'
import { RasterPool } from '../raster/raster-pool'
import { cutBand, sortByBlock } from './cut-bands'
import type { PatchWindow } from './window'

const context = quietContext()
const noGrid = (): Promise<never> => Promise.reject(new Error('the items give their grids'))
const { scenes } = await readFolderCatalog(SAMPLE_DIR, { readGrid: noGrid }, context)
const scene = scenes[0]

/** Windows all over a scene of 360 x 360 pixels, from a linear congruential generator. */
function windows(count: number): { window: PatchWindow }[] {
  let state = 12345
  const next = (): number => (state = (state * 1103515245 + 12345) & 0x7fffffff) % (scene.grid.width - 31)
  return Array.from({ length: count }, () => ({ window: { x: 0, y: 0, col0: next(), row0: next() } }))
}

/**
 * The blocks a window needs, found pixel by pixel from SPEC 3: the source pixel of each centre for SCL and 10 m bands,
 * the four around it for the others.
 */
function blocksNeeded(band: (typeof BANDS)[number], { col0, row0 }: PatchWindow, block: number): Set<string> {
  const factor = band.resolution / 10
  const size = scene.grid.width / factor
  const found = new Set<string>()
  const neighbours = (position: number): number[] => {
    if (band.name === 'SCL' || factor === 1) return [Math.floor(position / factor)]
    const u = (position + 0.5) / factor - 0.5
    return [Math.floor(u), Math.floor(u) + 1]
  }
  for (let row = row0; row < row0 + 32; row++) {
    for (let col = col0; col < col0 + 32; col++) {
      for (const y of neighbours(row)) {
        for (const x of neighbours(col)) {
          const inside = x >= 0 && y >= 0 && x < size && y < size
          if (inside) found.add(`${Math.floor(x / block)} ${Math.floor(y / block)}`)
        }
      }
    }
  }
  return found
}

describe.each([1, 7, 200])('%i windows of a scene', (count) => {
  it.each(BANDS.map((band, index) => [band.name, index] as const))(
    'decode of %s exactly the different blocks that their pixels lie in, each once',
    async (_, index) => {
      const band = BANDS[index]
      const rasters = new RasterPool(1 << 26)
      const items = sortByBlock(windows(count))
      const pixels = new Uint16Array(1024)
      await cutBand(
        scene,
        index,
        items,
        () => pixels,
        (_item, error) => {
          throw error
        },
        { rasters, pace: localPace(), signal: context.signal },
      )
      const { blockWidth } = (
        await rasters.raster(scene.bands[band.name], { collection: null, item: scene.id }, context.signal)
      ).layout
      const expected = new Set(items.flatMap(({ window }) => [...blocksNeeded(band, window, blockWidth)]))
      expect(rasters.counters.blocksDecoded).toBe(expected.size)
      expect(rasters.counters.blocksNeeded).toBe(expected.size)
      await rasters.close()
    },
  )
})
