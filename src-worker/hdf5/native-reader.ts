import type { Filter, Metadata } from 'h5wasm/node'
import { chunkIndex } from './chunk-index'
import { chunkedLayout, readRows } from './chunk-reader'
import { GlobalHeaps, REFERENCE_BYTES } from './global-heaps'
import type { WholeRows } from './hyperslab'
import { latestChunks } from './latest-chunks'
import { LatestFile } from './latest-file'
import { classicChunks, LZF, lzfLayout, readLzfRows } from './lzf-rows'
import { RawFile, RawFormatError } from './raw-file'

/** A dataset as libhdf5 describes it. */
export interface DescribedDataset {
  path: string
  metadata: Metadata
  filters: () => readonly Filter[]
}

/** Copies rows [start, start + count) into `target`; false when that is for libhdf5 to do. */
type ReadRows = (start: number, count: number, target: Uint8Array) => boolean

/**
 * Reads chunks around libhdf5 where the file is laid out in the usual way, for speed, and those that h5py compressed by
 * LZF, which libhdf5 does not know, in files of the newer format too. It never judges: whatever it
 * does not understand or finds damaged, it leaves to libhdf5, which reads it or says what is wrong.
 */
export class NativeReader {
  private readonly path: string
  private readonly readers = new Map<string, ReadRows | null>()
  private file: RawFile | LatestFile | null | undefined
  private heaps: GlobalHeaps | null = null

  constructor(path: string) {
    this.path = path
  }

  /**
   * Copies rows [start, start + count) of a dataset, whole along all other axes, into `target`. False when that is
   * for libhdf5 to do; `target` then holds nothing of use.
   */
  read(dataset: DescribedDataset, start: number, count: number, target: Uint8Array): boolean {
    const reader = this.reader(dataset)
    return reader !== null && unlessForeign(() => reader(start, count, target), false)
  }

  /**
   * Texts of variable length whose references went through LZF; null when that is for libhdf5 to do.
   * @param rows null: of no whole rows, which are for libhdf5
   */
  readTexts(dataset: DescribedDataset, rows: WholeRows | null): string[] | null {
    const file = this.open()
    if (file === null || rows === null || this.reader(dataset) === null) return null
    const { start, count, perRow } = rows
    const references = Buffer.alloc(count * perRow * REFERENCE_BYTES)
    if (!this.read(dataset, start, count, references)) return null
    this.heaps ??= new GlobalHeaps(file)
    const { heaps } = this
    return unlessForeign(
      () =>
        Array.from({ length: count * perRow }, (_, i) =>
          heaps.text(references.subarray(i * REFERENCE_BYTES, (i + 1) * REFERENCE_BYTES)),
        ),
      null,
    )
  }

  /** Whether the dataset went through LZF in a way that is not read here; libhdf5 does not know it at all. */
  needsH5py(dataset: DescribedDataset): boolean {
    return dataset.filters().some(({ id }) => id === LZF) && this.reader(dataset) === null
  }

  private reader(dataset: DescribedDataset): ReadRows | null {
    const file = this.open()
    if (file === null) return null
    const known = this.readers.get(dataset.path)
    const reader = known === undefined ? unlessForeign(() => readerOf(file, dataset), null) : known
    this.readers.set(dataset.path, reader)
    return reader
  }

  close(): void {
    this.file?.close()
    this.file = null
  }

  private open(): RawFile | LatestFile | null {
    if (this.file !== undefined) return this.file
    this.file =
      unlessForeign(() => new RawFile(this.path), null) ??
      unlessForeign(() => new LatestFile(this.path), null)
    return this.file
  }
}

/** How a dataset is read; null where that is for libhdf5. @throws RawFormatError where its chunks cannot be found */
function readerOf(
  file: RawFile | LatestFile,
  { path, metadata, filters }: DescribedDataset,
): ReadRows | null {
  if (file instanceof RawFile) {
    const chunked = chunkedLayout(file, path, metadata, filters())
    if (chunked !== null) return (start, count, target) => readRows(file, chunked, start, count, target)
  }
  const layout = lzfLayout(metadata, filters(), (shape, chunk) =>
    file instanceof RawFile
      ? classicChunks(file, chunkIndex(file, path))
      : latestChunks(file, path, { shape, greatest: metadata.maxshape ?? shape, chunk }),
  )
  if (layout === null) return null
  return (start, count, target) => readLzfRows(file, layout, start, count, target)
}

/** Runs `attempt`; `otherwise` when the file is laid out in another way than is read here. */
function unlessForeign<T>(attempt: () => T, otherwise: T): T {
  try {
    return attempt()
  } catch (error) {
    if (error instanceof RawFormatError || error instanceof RangeError || isSystemError(error))
      return otherwise
    throw error
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}
