import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { FileFacts } from '../../src-shared/card/card-facts'
import type { DatasetName } from '../../src-shared/dataset/datasets'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Split } from '../../src-shared/footprint/footprint'
import { openHdf5, type Hdf5Reader } from '../hdf5/file-reader'
import { pause } from '../hdf5/pause'
import { inspectStructure } from '../hdf5/structure'
import { sampleFileOf } from '../patches/sample-file'
import {
  countAgbd,
  countCrs,
  countGranules,
  countPositions,
  countProducts,
  countTimes,
  type ColumnCount,
} from './count-columns'
import { countLandCover, countSlope } from './count-images'
import { digestOf, isDigested } from './digest'

/** A dataset file that a card is made of. */
export interface CardFile {
  split: Split
  path: string
}

/** Rows of the small columns read at a time: their chunks, some together. */
const BLOCK_ROWS = 10_000
/** What stands in image layers is looked up in at most so many samples: each costs a read of its own. */
const MOST_LOOKED_AT = 20_000

/** Passes over the samples of a file, for progress: six columns, two layers, the digest. */
export const PASSES = 9

const COLUMNS: readonly (readonly [DatasetName, () => ColumnCount])[] = [
  ['AGBD Values', countAgbd],
  ['GEDI Acquisition Time', countTimes],
  ['GEDI Lat Lon', countPositions],
  ['Sentinel-2 Product Name', countProducts],
  ['GEDI Product Name', countGranules],
  ['CRS', countCrs],
]

/**
 * Counts what a dataset file holds, column by column in blocks, so that memory is bounded whatever the number of
 * samples. What is missing or damaged is named in `problems`, and the rest is counted all the same.
 * @param passed hears of how many of PASSES passes there are, in parts of one
 * @throws StudioError `cancelled`
 */
export async function gatherFacts(
  { split, path }: CardFile,
  verification: 'sampled' | 'full',
  signal: AbortSignal,
  passed: (passes: number) => void,
): Promise<FileFacts> {
  const facts: FileFacts = { ...nothingCounted(split), name: basename(path) }
  let file: Hdf5Reader | null = null
  try {
    facts.bytes = (await stat(path)).size
    file = await openHdf5(path)
    await countFile(file, facts, signal, passed)
  } catch (thrown) {
    note(facts, null, thrown)
  } finally {
    file?.close()
  }
  if (facts.bytes === 0 || !isDigested(facts.bytes, verification)) return facts
  try {
    const read = (bytes: number): void => passed(PASSES - 1 + bytes / Math.max(facts.bytes, 1))
    facts.sha256 = await digestOf(path, signal, read)
  } catch (thrown) {
    note(facts, null, thrown)
  }
  return facts
}

async function countFile(
  reader: Hdf5Reader,
  facts: FileFacts,
  signal: AbortSignal,
  passed: (passes: number) => void,
): Promise<void> {
  const { samples, readable, problems } = inspectStructure(reader, { foreign: true })
  const file = sampleFileOf(reader)
  facts.samples = samples
  facts.datasets = [...readable.keys()]
  facts.problems.push(...problems)
  facts.created = createdOf(reader)
  let pass = 0
  const each = async (name: DatasetName, counting: ColumnCount, rows: Iterable<[number, number]>) => {
    const before = pass++
    const count = readable.get(name)
    if (count === undefined) {
      if (!problems.some((problem) => problem.startsWith(`${name}:`)))
        facts.problems.push(`${name}: is missing`)
      return
    }
    try {
      for (const [start, length] of rows) {
        if (start >= count) break
        counting.count(file, start, Math.min(length, count - start))
        passed(before + start / samples)
        await pause(signal)
      }
      Object.assign(facts, counting.facts())
    } catch (thrown) {
      note(facts, name, thrown)
    }
  }
  for (const [name, counting] of COLUMNS) await each(name, counting(), blocks(samples, BLOCK_ROWS))
  facts.lookedAt = Math.min(samples, MOST_LOOKED_AT)
  const rows = (): Iterable<[number, number]> => spread(samples, facts.lookedAt)
  await each('WorldCover', countLandCover(), rows())
  await each('CopDEM', countSlope(file.slopeUnit), rows())
}

/** Consecutive blocks of so many rows: start and length. */
function* blocks(samples: number, length: number): Generator<[number, number]> {
  for (let start = 0; start < samples; start += length) yield [start, Math.min(length, samples - start)]
}

/** So many rows, evenly spread; all of them in blocks where that is all there are. */
function* spread(samples: number, wanted: number): Generator<[number, number]> {
  if (wanted === samples) yield* blocks(samples, 250)
  else for (let k = 0; k < wanted; k++) yield [Math.floor((k * samples) / wanted), 1]
}

function createdOf(file: Hdf5Reader): string | null {
  const created = file.attribute('/', 'created')
  return typeof created === 'string' && !Number.isNaN(Date.parse(created)) ? created : null
}

/** @throws what is no fault of the file */
function note({ problems }: FileFacts, dataset: string | null, thrown: unknown): void {
  if (thrown instanceof StudioError && thrown.tag === 'cancelled') throw thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  problems.push(dataset === null ? message : `${dataset}: ${message}`)
}

function nothingCounted(split: Split): FileFacts {
  return {
    ...{ split, name: '', bytes: 0, sha256: null, samples: 0, created: null, datasets: [] },
    ...{ agbd: null, acquired: null, bounds: null, productYears: null, products: null, granules: null },
    ...{ crs: null, lookedAt: 0, landCover: null, slope: null, problems: [] },
  }
}
