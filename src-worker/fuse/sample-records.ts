import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { writeFault } from '../hdf5/write-fault'

/** Records up to this size are kept in memory, bytes. */
const MEMORY_BYTES = 64 << 20

/**
 * Records of the same length, one for each sample of a fused file in its order. They come part by part and are wanted
 * in another order. Many records go to a temporary file. All methods throw StudioError `hdf5-write` or `disk-full`.
 */
export class SampleRecords {
  private readonly memory: Buffer | null
  private readonly descriptor: number | null

  /** @param path of the temporary file, where one is needed */
  constructor(
    private readonly path: string,
    count: number,
    private readonly bytes: number,
    memoryBytes = MEMORY_BYTES,
  ) {
    const inMemory = count * bytes <= memoryBytes
    this.memory = inMemory ? Buffer.alloc(count * bytes) : null
    this.descriptor = inMemory ? null : this.checked(() => openSync(path, 'w+'))
  }

  /** Puts a record into place `rank`. */
  put(rank: number, record: Buffer): void {
    const { bytes, memory, descriptor } = this
    if (memory !== null) record.copy(memory, rank * bytes)
    if (descriptor === null) return
    const written = this.checked(() => writeSync(descriptor, record, 0, bytes, rank * bytes))
    if (written !== bytes) throw writeFault(this.path, 'A record was cut off', 'No space left on device')
  }

  /** The records of places [rank, rank + count); to be read only. */
  get(rank: number, count: number): Buffer {
    const { bytes, memory, descriptor } = this
    if (memory !== null) return memory.subarray(rank * bytes, (rank + count) * bytes)
    const records = Buffer.allocUnsafe(count * bytes)
    const read =
      descriptor === null
        ? 0
        : this.checked(() => readSync(descriptor, records, 0, records.length, rank * bytes))
    if (read !== records.length) throw writeFault(this.path, 'The temporary file of the fuse is cut off', '')
    return records
  }

  /** Gives the memory or the temporary file back. */
  remove(): void {
    if (this.descriptor === null) return
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
