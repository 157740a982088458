import type { PatchSample } from '../../src-shared/patches/patch-list'
import { readFloats, readShotNumbers, readTexts } from './dataset-rows'
import { finiteNumber } from './finite-number'
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
}

/**
 * Reads block `number` of a file, its last one shorter.
 * @throws StudioError `hdf5-read` when a chunk is damaged
 */
export function readSampleBlock({ reader, samples }: SampleFile, number: number): SampleBlock {
  const start = number * BLOCK_ROWS
  const count = Math.min(BLOCK_ROWS, samples - start)
  const shares = readTexts(reader, 'S2 SCL Stats', start, count)
  return {
    count,
    shotNumbers: readShotNumbers(reader, start, count),
    agbd: readFloats(reader, 'AGBD Values', start, count),
    agbdSe: readFloats(reader, 'AGBD Standard Error', start, count),
    positions: readFloats(reader, 'GEDI Lat Lon', start, count),
    acquisitionTimes: shared(readTexts(reader, 'GEDI Acquisition Time', start, count)),
    products: shared(readTexts(reader, 'Sentinel-2 Product Name', start, count)),
    cloudShares: Float64Array.from({ length: count }, (_, i) => cloudShare(shares, i * SHARE_TEXTS)),
  }
}

function cloudShare(shares: readonly string[], at: number): number {
  const sum = CLOUD_CLASSES.reduce((total, value) => total + Number(shares[at + 2 * value + 1]), 0)
  return Math.round(sum * SHARE_UNITS) / SHARE_UNITS
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
): Omit<PatchSample, 'file' | 'row' | 'altitude' | 'slope'> {
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
