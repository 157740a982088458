import type { Filter, Metadata } from 'h5wasm/node'
import { chunkedLayout, readRows, type ChunkedLayout } from './chunk-reader'
import { lzfLayout, readLzfRows, type LzfLayout } from './lzf-rows'
import { RawFile, RawFormatError } from './raw-file'

/** A dataset as libhdf5 describes it. */
export interface DescribedDataset {
  path: string
  metadata: Metadata
  filters: () => readonly Filter[]
}

/**
 * Reads chunks around libhdf5 where the file is laid out in the usual way, for speed, and those that h5py compressed by
 * LZF, which libhdf5 does not know. It never judges: whatever it
 * does not understand or finds damaged, it leaves to libhdf5, which reads it or says what is wrong.
 */
export class NativeReader {
  private readonly path: string
  private readonly layouts = new Map<string, ChunkedLayout | LzfLayout | null>()
  private file: RawFile | null | undefined

  constructor(path: string) {
    this.path = path
  }

  /**
   * Copies rows [start, start + count) of a dataset, whole along all other axes, into `target`. False when that is
   * for libhdf5 to do; `target` then holds nothing of use.
   */
  read(dataset: DescribedDataset, start: number, count: number, target: Uint8Array): boolean {
    const file = this.open()
    if (file === null) return false
    const layout = this.layout(file, dataset)
    if (layout === null) return false
    return unlessForeign(
      () =>
        'elementBytes' in layout
          ? readLzfRows(file, layout, start, count, target)
          : readRows(file, layout, start, count, target),
      false,
    )
  }

  close(): void {
    this.file?.close()
    this.file = null
  }

  private open(): RawFile | null {
    this.file ??= this.file === null ? null : unlessForeign(() => new RawFile(this.path), null)
    return this.file
  }

  private layout(file: RawFile, dataset: DescribedDataset): ChunkedLayout | LzfLayout | null {
    const known = this.layouts.get(dataset.path)
    if (known !== undefined) return known
    const { path, metadata, filters } = dataset
    const layout = unlessForeign(
      () => chunkedLayout(file, path, metadata, filters()) ?? lzfLayout(file, path, metadata, filters()),
      null,
    )
    this.layouts.set(path, layout)
    return layout
  }
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
