import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { bytesPerSample, DATASETS, type DatasetName } from '../../src-shared/dataset/datasets'
import type { SampleColumns } from './sample-columns'
import { writeFault } from './write-fault'

/** Datasets that have many samples in a chunk; the others, the image layers, have one. */
export const SMALL_DATASETS: readonly DatasetName[] = DATASETS.filter((spec) => spec.chunkSamples > 1).map(
  (spec) => spec.name,
)

const FIELDS = DATASETS.filter((spec) => spec.chunkSamples > 1).map((spec) => ({
  name: spec.name,
  bytes: bytesPerSample(spec),
}))
const RECORD_BYTES = FIELDS.reduce((sum, field) => sum + field.bytes, 0)

/**
 * The small columns of samples in a temporary file, one record a sample. They come part by part and are wanted in
 * another order; picking single rows from chunks of 1000 would decompress each chunk a thousand times.
 */
export class ColumnSpill {
  private readonly path: string
  private readonly descriptor: number
  private readonly record = Buffer.alloc(RECORD_BYTES)

  /** @throws StudioError `hdf5-write` or `disk-full` */
  constructor(path: string) {
    this.path = path
    this.descriptor = this.checked(() => openSync(path, 'w+'))
  }

  /** Puts sample `i` of `columns` into place `rank`. @throws StudioError `hdf5-write` or `disk-full` */
  put(rank: number, columns: SampleColumns, i: number): void {
    let at = 0
    for (const { name, bytes } of FIELDS) {
      this.record.set(columns.bytes(name, i, 1), at)
      at += bytes
    }
    const written = this.checked(() =>
      writeSync(this.descriptor, this.record, 0, RECORD_BYTES, rank * RECORD_BYTES),
    )
    if (written !== RECORD_BYTES)
      throw writeFault(this.path, 'A record was cut off', 'No space left on device')
  }

  /** Copies places [rank, rank + count) into samples of `columns` from `to` on. */
  get(rank: number, count: number, columns: SampleColumns, to: number): void {
    const records = Buffer.alloc(count * RECORD_BYTES)
    const read = this.checked(() =>
      readSync(this.descriptor, records, 0, records.length, rank * RECORD_BYTES),
    )
    if (read !== records.length) throw writeFault(this.path, 'The temporary file of the fuse is cut off', '')
    let offset = 0
    for (const { name, bytes } of FIELDS) {
      const target = columns.bytes(name, to, count)
      for (let k = 0; k < count; k++) {
        const from = k * RECORD_BYTES + offset
        records.copy(target, k * bytes, from, from + bytes)
      }
      offset += bytes
    }
  }

  /** Closes and deletes the file. */
  remove(): void {
    closeSync(this.descriptor)
    rmSync(this.path, { force: true })
  }

  private checked<T>(operation: () => T): T {
    try {
      return operation()
    } catch (error) {
      throw writeFault(this.path, 'The temporary file of the fuse failed', error)
    }
  }
}
