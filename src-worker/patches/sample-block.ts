import { StudioError } from '../../src-shared/errors/studio-error'
import type { PatchSample } from '../../src-shared/patches/patch-list'
import type { DatasetOf } from '../hdf5/sample-columns'
import { readFloats, readShotNumbers, readTexts } from './dataset-rows'
import { finiteNumber, numberOf } from './finite-number'
import type { SampleFile } from './sample-file'
import { sceneTime } from './sample-times'

/** Rows of a block: those of a chunk of the small columns, so that each chunk is inflated once. */
export const BLOCK_ROWS = 1000

/** Cloud classes of the scene classification. */
const CLOUD_CLASSES = [8, 9, 10]
/** Texts a sample has in the dataset of the shares: label and share of twelve classes. */
const SHARE_TEXTS = 24
/** Shares have four decimals, and so does their sum. */
const SHARE_UNITS = 10_000

/** The small columns of consecutive rows of one file, about 50 bytes a row. */
export interface SampleBlock {
  count: number
  shotNumbers: BigUint64Array
  agbd: Float32Array
  agbdSe: Float32Array
  /** Latitude and longitude of each row. */
  positions: Float32Array
  acquisitionTimes: string[]
  products: string[]
  /** NaN where a share is no number. */
  cloudShares: Float64Array
  /** Whether a column is left out because it is damaged. */
  damaged: boolean
}

/**
 * Reads block `number` of a file, its last one shorter.
 * @param partly whether what is damaged counts as missing, and is noted
 * @throws StudioError `hdf5-read` when a chunk is damaged, unless `partly`
 */
export function readSampleBlock(file: SampleFile, number: number, partly: boolean): SampleBlock {
  const start = number * BLOCK_ROWS
  const count = Math.min(BLOCK_ROWS, file.samples - start)
  let damaged = false
  const shares = sound(() => readTexts(file, 'S2 SCL Stats', start, count), new Array<string>())
  const texts = (name: DatasetOf<'string'>): string[] =>
    shared(sound(() => readTexts(file, name, start, count), new Array<string>(count).fill('')))
  const floats = (name: DatasetOf<'float32'>, elements: number): Float32Array =>
    sound(() => readFloats(file, name, start, count), new Float32Array(elements * count).fill(NaN))
  const block = {
    count,
    shotNumbers: sound(() => readShotNumbers(file, start, count), new BigUint64Array(count)),
    agbd: floats('AGBD Values', 1),
    agbdSe: floats('AGBD Standard Error', 1),
    positions: floats('GEDI Lat Lon', 2),
    acquisitionTimes: texts('GEDI Acquisition Time'),
    products: texts('Sentinel-2 Product Name'),
    cloudShares: Float64Array.from({ length: count }, (_, i) => cloudShare(shares, i * SHARE_TEXTS)),
  }
  return { ...block, damaged }

  function sound<T>(read: () => T, otherwise: T): T {
    try {
      return read()
    } catch (error) {
      if (!partly || !(error instanceof StudioError) || error.tag !== 'hdf5-read') throw error
      damaged = true
      return otherwise
    }
  }
}

function cloudShare(shares: readonly string[], at: number): number {
  const sum = CLOUD_CLASSES.reduce((total, value) => total + shareOf(shares.at(at + 2 * value + 1)), 0)
  return Math.round(sum * SHARE_UNITS) / SHARE_UNITS
}

function shareOf(text: string | undefined): number {
  return numberOf(text ?? '') ?? NaN
}

/** The same texts, each held once: thousands of rows name a handful of scenes. */
function shared(texts: readonly string[]): string[] {
  const known = new Map<string, string>()
  return texts.map((text) => {
    const first = known.get(text) ?? text
    known.set(text, first)
    return first
  })
}

/** Row `i` of a block, but for what stands in the image layers. */
export function sampleOf(
  block: SampleBlock,
  i: number,
): Omit<PatchSample, 'file' | 'row' | 'altitude' | 'slope' | 'landCover' | 'suspects'> {
  return {
    shotNumber: String(block.shotNumbers[i]),
    agbd: finiteNumber(block.agbd[i]),
    agbdSe: finiteNumber(block.agbdSe[i]),
    lat: finiteNumber(block.positions[2 * i]),
    lon: finiteNumber(block.positions[2 * i + 1]),
    acquisitionTime: block.acquisitionTimes[i],
    product: block.products[i],
    sceneDate: sceneTime(block.products[i])?.slice(0, 10) ?? null,
    cloudShare: finiteNumber(block.cloudShares[i]),
  }
}
