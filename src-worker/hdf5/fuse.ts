import { DATASETS } from '../../src-shared/dataset/datasets'
import { StudioError } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import type { JobContext } from '../process/context'
import { ColumnSpill, SMALL_DATASETS } from './column-spill'
import type { Hdf5Reader } from './file-reader'
import { fuseOrder, type FuseOrder, type FusePart } from './fuse-order'
import { OpenFiles } from './open-files'
import { pause } from './pause'
import { SampleColumns } from './sample-columns'
import { createSamplesFile, type SamplesFileOptions } from './samples-file'
import { readSamples } from './samples-reader'
import { inspectStructure } from './structure'

/** Batch files open at a time. */
const MOST_OPEN_FILES = 32
/** Samples in memory at a time: about 20 MB. */
const BLOCK_SAMPLES = 512
/** Rows of the small columns read at a time; their chunks have as many. */
const COLUMN_BLOCK_SAMPLES = 1000

const IMAGE_DATASETS = DATASETS.filter((spec) => spec.chunkSamples === 1).map((spec) => spec.name)

/**
 * Joins batch files into one file, with all samples in ascending order of their indices. Memory is bounded by a block
 * of samples and a few numbers a sample; the small columns pass through a temporary file beside the output, about
 * 1.4 kB a sample. Progress counts samples written.
 * @returns the number of samples
 * @throws StudioError `dataset-invalid` when a part is damaged, has another structure or not as many samples as
 *   indices, or when an index occurs twice; `hdf5-write`, `disk-full`, `cancelled`. No file is left behind then.
 */
export async function fuseSamples(
  parts: readonly FusePart[],
  output: string,
  options: SamplesFileOptions,
  ctx: JobContext,
): Promise<{ samples: number }> {
  const order = fuseOrder(parts)
  const files = new OpenFiles(MOST_OPEN_FILES)
  const spill = new ColumnSpill(`${output}.columns.part`)
  try {
    ctx.progress(0, order.count)
    for (const [k, part] of parts.entries()) {
      await pause(ctx.signal)
      await ofPart(part, async () => gatherColumns(await files.get(part.path), part, order.ranks[k], spill))
    }
    const file = await createSamplesFile(output, options)
    try {
      const columns = new SampleColumns(BLOCK_SAMPLES)
      for (let first = 0; first < order.count; first += columns.count) {
        await pause(ctx.signal)
        columns.clear()
        columns.reserve(Math.min(BLOCK_SAMPLES, order.count - first))
        spill.get(first, columns.count, columns, 0)
        await gatherImages(files, parts, order, first, columns)
        file.append(columns)
        ctx.progress(first + columns.count, order.count)
      }
      await pause(ctx.signal)
      await file.close()
    } catch (error) {
      file.discard()
      throw error
    }
  } finally {
    files.close()
    spill.remove()
  }
  return { samples: order.count }
}

/** Checks a part and puts its small columns into their places. */
function gatherColumns(file: Hdf5Reader, part: FusePart, ranks: Uint32Array, spill: ColumnSpill): void {
  const { samples, problems } = inspectStructure(file)
  if (problems.length > 0)
    throw invalid(part.path, `The batch file has another structure: ${problems.join('; ')}.`)
  if (samples !== part.indices.length) {
    throw invalid(
      part.path,
      `The batch file has ${counted(samples, 'sample')}, its record ${part.indices.length}.`,
    )
  }
  const columns = new SampleColumns(COLUMN_BLOCK_SAMPLES)
  for (let first = 0; first < samples; first += columns.count) {
    columns.clear()
    columns.reserve(Math.min(columns.capacity, samples - first))
    for (const name of SMALL_DATASETS) readSamples(file, name, first, columns.count, columns, 0)
    for (let i = 0; i < columns.count; i++) spill.put(ranks[first + i], columns, i)
  }
}

/** Reads the image layers of the samples [first, first + columns.count) of the result, file by file. */
async function gatherImages(
  files: OpenFiles,
  parts: readonly FusePart[],
  order: FuseOrder,
  first: number,
  columns: SampleColumns,
): Promise<void> {
  const positions = Array.from({ length: columns.count }, (_, i) => i)
  positions.sort((a, b) => order.parts[first + a] - order.parts[first + b] || a - b)
  for (const i of positions) {
    const part = parts[order.parts[first + i]]
    await ofPart(part, async () => {
      const file = await files.get(part.path)
      for (const name of IMAGE_DATASETS) readSamples(file, name, order.rows[first + i], 1, columns, i)
    })
  }
}

/** Turns failures to read a part into an error that says what to do about a batch file. */
async function ofPart<T>(part: FusePart, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const unreadable =
      error instanceof StudioError && (error.tag === 'hdf5-open' || error.tag === 'hdf5-read')
    throw unreadable ? invalid(part.path, error.message, error) : error
  }
}

function invalid(path: string, message: string, cause?: unknown): StudioError {
  return new StudioError('dataset-invalid', message, {
    file: path,
    hint: 'Delete the batch file and its record, and run again; it is then cut anew.',
    ...(cause === undefined ? {} : { cause }),
  })
}
