import type { DatasetName } from '../../src-shared/dataset/datasets'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { JobContext } from '../process/context'
import { COLUMN_CHECKS } from './column-checks'
import { ShotNumbers } from './duplicate-shots'
import { withHdf5, type Hdf5Reader } from './file-reader'
import { LAYER_CHECKS } from './layer-checks'
import { pause } from './pause'
import { ProblemLog } from './problem-log'
import { SampleColumns } from './sample-columns'
import { readSamples } from './samples-reader'
import { inspectStructure } from './structure'

/** Samples in memory at a time: about 10 MB. */
const BLOCK_SAMPLES = 250

const CHECKS = [...LAYER_CHECKS, ...COLUMN_CHECKS]

/**
 * Checks a batch or dataset file: its structure against `DATASETS`, that all data can be read, and that the values
 * are possible and fit each other. Samples are counted from 0; progress counts samples.
 * @returns the number of samples and a line for each problem, at most a few of each kind; none when all is well
 * @throws StudioError `hdf5-open` when the file cannot be opened at all, `cancelled`
 */
export async function verifyDataset(
  path: string,
  ctx: JobContext,
): Promise<{ samples: number; problems: string[] }> {
  return withHdf5(path, async (file) => {
    const log = new ProblemLog()
    const { samples, readable, problems } = inspectStructure(file)
    problems.forEach((problem) => log.add(problem))
    const shots = new ShotNumbers(samples)
    const columns = new SampleColumns(BLOCK_SAMPLES)
    for (let first = 0; first < samples; first += columns.count) {
      await pause(ctx.signal)
      columns.clear()
      columns.reserve(Math.min(BLOCK_SAMPLES, samples - first))
      const missing = readBlock(file, readable, first, columns, log)
      checkBlock(columns, first, missing, shots, log)
      ctx.progress(first + columns.count, samples)
    }
    shots.reportDuplicates(log)
    return { samples, problems: log.lines() }
  })
}

/** Whether a sample of the block has no data of a dataset. */
type Missing = (name: DatasetName, i: number) => boolean

/** Reads a block; where that fails, sample by sample, to find those that cannot be read. */
function readBlock(
  file: Hdf5Reader,
  readable: ReadonlyMap<DatasetName, number>,
  first: number,
  columns: SampleColumns,
  log: ProblemLog,
): Missing {
  const lost = new Map<DatasetName, Set<number>>()
  for (const [name, samples] of readable) {
    const count = Math.min(columns.count, samples - first)
    if (count <= 0 || tryToRead(file, name, first, count, columns, 0) === null) continue
    const damaged = new Set<number>()
    for (let i = 0; i < count; i++) {
      const reason = tryToRead(file, name, first + i, 1, columns, i)
      if (reason === null) continue
      damaged.add(i)
      log.addSample(name, 'unreadable', first + i, `cannot be read: ${reason}`)
    }
    lost.set(name, damaged)
  }
  return (name, i) => first + i >= (readable.get(name) ?? 0) || lost.get(name)?.has(i) === true
}

/** Reads samples of one dataset; says why that is not possible, or null. */
function tryToRead(
  file: Hdf5Reader,
  name: DatasetName,
  start: number,
  count: number,
  columns: SampleColumns,
  to: number,
): string | null {
  try {
    readSamples(file, name, start, count, columns, to)
    return null
  } catch (error) {
    if (error instanceof StudioError) return error.message
    throw error
  }
}

function checkBlock(
  columns: SampleColumns,
  first: number,
  missing: Missing,
  shots: ShotNumbers,
  log: ProblemLog,
): void {
  for (let i = 0; i < columns.count; i++) {
    for (const { needs, check } of CHECKS) {
      if (needs.some((name) => missing(name, i))) continue
      check(columns, i, (dataset, kind, text) => log.addSample(dataset, kind, first + i, text))
    }
    if (!missing('GEDI Shot Number', i)) shots.set(first + i, columns.int64('GEDI Shot Number', i))
  }
}
