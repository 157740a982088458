import { rmSync } from 'node:fs'
import {
  bytesPerElement,
  DATA_GROUP,
  datasetAttributes,
  DATASETS,
  type DatasetName,
  type DatasetSpec,
} from '../../src-shared/dataset/datasets'
import type { Settings } from '../../src-shared/settings/settings'
import type { AttributeInput } from './attribute-layout'
import { ALL_DATASETS, type DatasetChoice } from './dataset-choice'
import { finishFile, partPath } from '../files/durable-file'
import { withHdf5 } from './file-reader'
import { Hdf5Writer, type GrowingDataset } from './file-writer'
import { patchHeaders } from './header-patch'
import { SampleColumns } from './sample-columns'
import { writeFault } from './write-fault'

export type DatasetAttributes = Readonly<Partial<Record<DatasetName, Record<string, AttributeInput>>>>

export interface SamplesFileOptions {
  /** Gzip level after the shuffle filter, 1 to 9; 0 leaves the data as they are, without filters. */
  compression: number
  /** Unit of the slope layer. */
  slopeUnit: Settings['slopeUnit']
  /** Attributes of the root. */
  attributes: Readonly<Record<string, AttributeInput>>
  /** Attributes of datasets, beside those that follow from the contract. */
  datasetAttributes?: DatasetAttributes
  /** The datasets of the file; left out: all. */
  choice?: DatasetChoice
}

/** Rows of the largest chunk. Writing whole chunks only, each is compressed once, and its place never changes. */
const BLOCK_SAMPLES = Math.max(...DATASETS.map((spec) => spec.chunkSamples))

/**
 * Begins a batch or dataset file: the group `data` with the 17 datasets of `DATASETS`, empty. Same options and
 * samples, same bytes, in whatever portions they are appended.
 * @throws StudioError `hdf5-write` or `disk-full`; nothing is left behind then
 */
export async function createSamplesFile(
  path: string,
  options: SamplesFileOptions,
): Promise<SamplesFileWriter> {
  const part = partPath(path)
  try {
    await createEmpty(part, options)
    return new SamplesFileWriter(path, await Hdf5Writer.reopen(part), options.choice ?? ALL_DATASETS)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

/**
 * Makes a file whose datasets have room for `count` samples but no chunk yet, for whoever puts chunks into it by other
 * means. The file bears the name `path` at once.
 * @throws StudioError `hdf5-write` or `disk-full`
 */
export async function createSkeleton(
  path: string,
  options: SamplesFileOptions,
  count: number,
): Promise<void> {
  await createEmpty(path, options)
  const writer = await Hdf5Writer.reopen(path)
  try {
    for (const spec of (options.choice ?? ALL_DATASETS).specs) writer.enlarge(growing(spec), count)
  } finally {
    writer.close()
  }
}

/** Appends samples to a new batch or dataset file, which gets its name when it is complete. */
export class SamplesFileWriter {
  readonly path: string
  private readonly writer: Hdf5Writer
  private readonly choice: DatasetChoice
  private readonly block = new SampleColumns(BLOCK_SAMPLES)
  private written = 0

  /** For `createSamplesFile`. */
  constructor(path: string, writer: Hdf5Writer, choice: DatasetChoice) {
    this.path = path
    this.writer = writer
    this.choice = choice
  }

  /** Number of samples appended. */
  get count(): number {
    return this.written + this.block.count
  }

  /**
   * Appends all samples of `columns`, which can be used anew afterwards.
   * @throws StudioError `hdf5-write` or `disk-full`; the unfinished file is gone then
   */
  append(columns: SampleColumns): void {
    for (let from = 0; from < columns.count;) {
      const count = Math.min(columns.count - from, this.block.capacity - this.block.count)
      this.block.appendFrom(columns, from, count)
      from += count
      if (this.block.isFull) this.orDiscard(() => this.flush())
    }
  }

  /**
   * Writes the rest, closes the file, has it written to the disk, opens it again to check it, and gives it its name.
   * @throws StudioError `hdf5-write` or `disk-full`; the unfinished file is gone then
   */
  async close(): Promise<void> {
    this.orDiscard(() => {
      this.flush()
      this.writer.close()
    })
    await finishFile(this.path, () => checkCounts(partPath(this.path), this.choice, this.written))
  }

  /** Gives the file up and deletes what was written. */
  discard(): void {
    try {
      this.writer.close()
    } catch {
      // A file that could not be written cannot be closed either; it is deleted all the same.
    }
    rmSync(partPath(this.path), { force: true })
  }

  private flush(): void {
    const { block, written } = this
    if (block.count === 0) return
    for (const spec of this.choice.specs) {
      this.writer.enlarge(growing(spec), written + block.count)
      this.writer.writeRows(growing(spec), written, block.bytes(spec.name))
    }
    this.written += block.count
    block.clear()
  }

  private orDiscard(step: () => void): void {
    try {
      step()
    } catch (error) {
      this.discard()
      throw error
    }
  }
}

async function createEmpty(part: string, options: SamplesFileOptions): Promise<void> {
  const { specs } = options.choice ?? ALL_DATASETS
  const writer = await Hdf5Writer.create(part)
  try {
    writer.createGroup(DATA_GROUP)
    for (const spec of specs) writeDefinition(writer, spec, options)
    for (const [name, value] of Object.entries(options.attributes)) writer.createAttribute('/', name, value)
  } finally {
    writer.close()
  }
  try {
    patchHeaders(
      part,
      specs.map((spec) => ({
        path: datasetPath(spec.name),
        elementBytes: bytesPerElement(spec.type),
        isString: spec.type.kind === 'string',
        gzip: isFiltered(options) ? options.compression : null,
      })),
    )
  } catch (error) {
    throw writeFault(part, 'The file cannot be prepared', error)
  }
}

function writeDefinition(
  writer: Hdf5Writer,
  spec: DatasetSpec & { name: DatasetName },
  options: SamplesFileOptions,
): void {
  const dataset = growing(spec)
  writer.createDataset(dataset, isFiltered(options))
  const attributes = {
    ...datasetAttributes(spec, options.slopeUnit),
    ...options.datasetAttributes?.[spec.name],
  }
  for (const [name, value] of Object.entries(attributes)) writer.createAttribute(dataset.path, name, value)
}

function isFiltered({ compression }: SamplesFileOptions): boolean {
  return compression > 0
}

function growing(spec: DatasetSpec & { name: DatasetName }): GrowingDataset {
  return {
    path: datasetPath(spec.name),
    type: spec.type,
    rowShape: spec.shape,
    chunkRows: spec.chunkSamples,
  }
}

/** Path of a dataset inside the file. */
export function datasetPath(name: DatasetName): string {
  return `${DATA_GROUP}/${name}`
}

async function checkCounts(part: string, { specs }: DatasetChoice, count: number): Promise<void> {
  await withHdf5(part, (file) => {
    for (const spec of specs) {
      const rows = file.shape(datasetPath(spec.name)).at(0)
      if (rows !== count) {
        throw writeFault(
          part,
          `The file holds ${String(rows)} of ${count} samples in ${spec.name}`,
          'checked after writing',
        )
      }
    }
  })
}
