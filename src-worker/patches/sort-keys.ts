import type { PatchOrder } from '../../src-shared/patches/patch-list'
import type { JobContext } from '../process/context'
import { readCentreTerrain } from './centre-terrain'
import type { KnownFile } from './known-files'
import { BLOCK_ROWS, type SampleBlock } from './sample-block'
import type { SampleBlocks } from './sample-blocks'
import type { SampleFile } from './sample-file'
import { sceneTime } from './sample-times'

/** What samples can be put in order by, beside their own order and what has to be measured. */
export type SortedBy = Exclude<PatchOrder, 'file' | 'suspects' | 'landCover'>

/**
 * The numbers that samples are put in order by, one a sample, file by file; NaN where a sample has none. Progress
 * counts samples.
 * @throws FileFault when a file cannot be read; StudioError `cancelled`
 */
export async function readSortKeys(
  blocks: SampleBlocks,
  files: readonly KnownFile[],
  order: SortedBy,
  ctx: JobContext,
): Promise<Float64Array> {
  const total = files.reduce((sum, { samples }) => sum + samples, 0)
  const keys = new Float64Array(total)
  const products: string[] = []
  let done = 0
  for (const file of files) {
    const numbers = Array.from({ length: Math.ceil(file.samples / BLOCK_ROWS) }, (_, number) => number)
    await blocks.visit(file, numbers, ctx.signal, (block, number, open) => {
      if (order === 'product') products.push(...block.products)
      else keys.set(KEYS[order](block, open, number * BLOCK_ROWS), done)
      done += block.count
      ctx.progress(done, total)
    })
  }
  return order === 'product' ? alphabeticalRanks(products) : keys
}

/** The place of each text in the order of all of them, equal ones the same; NaN of an empty one. */
function alphabeticalRanks(texts: readonly string[]): Float64Array {
  const ranks = new Map([...new Set(texts)].sort().map((text, rank) => [text, rank]))
  return Float64Array.from(texts, (text) => (text === '' ? NaN : (ranks.get(text) ?? NaN)))
}

/** The keys of a block that begins at row `start` of its file. */
type KeysOf = (block: SampleBlock, open: SampleFile, start: number) => ArrayLike<number>

const KEYS: Readonly<Record<Exclude<SortedBy, 'product'>, KeysOf>> = {
  agbd: ({ agbd }) => agbd,
  agbdSe: ({ agbdSe }) => agbdSe,
  relativeError: ({ agbd, agbdSe }) => Float64Array.from(agbd, (value, i) => agbdSe[i] / value),
  acquisitionTime: ({ acquisitionTimes }) => acquisitionTimes.map((time) => Date.parse(time)),
  // All scenes of a day are of one date, whatever the hour.
  sceneDate: ({ products }) => products.map((name) => Date.parse(sceneTime(name)?.slice(0, 10) ?? '')),
  cloudShare: ({ cloudShares }) => cloudShares,
  altitude: ({ count }, open, start) => readCentreTerrain(open, start, count).map(({ altitude }) => altitude),
  slope: ({ count }, open, start) => readCentreTerrain(open, start, count).map(({ slope }) => slope),
  lat: ({ count, positions }) => Float32Array.from({ length: count }, (_, i) => positions[2 * i]),
  lon: ({ count, positions }) => Float32Array.from({ length: count }, (_, i) => positions[2 * i + 1]),
}
