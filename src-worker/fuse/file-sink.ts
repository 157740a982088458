import { writeSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { writeFault } from '../hdf5/write-fault'

/** Bytes after which what was written is sent to the disk, while more is being written. */
const SYNC_BYTES = 256 << 20

/**
 * A file that is written in large pieces while the next one is made ready. What was written goes to the disk on the
 * way, so that the end has little to wait for. All methods throw StudioError `hdf5-write` or `disk-full`.
 */
export class FileSink {
  private pending: Promise<void> = Promise.resolve()
  private syncing: Promise<void> | null = null
  private unsynced = 0
  private fault: unknown = null

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
  ) {}

  /** Opens a file that is there. */
  static async open(path: string): Promise<FileSink> {
    try {
      return new FileSink(path, await open(path, 'r+'))
    } catch (error) {
      throw writeFault(path, 'The file cannot be opened for writing', error)
    }
  }

  /** Writes a small piece at once. */
  writeNow(bytes: Uint8Array, at: number): void {
    try {
      for (let done = 0; done < bytes.length;)
        done += writeSync(this.handle.fd, bytes, done, bytes.length - done, at + done)
    } catch (error) {
      throw writeFault(this.path, 'The file cannot be written', error)
    }
  }

  /**
   * Writes a large piece in the background, once the one before is written. `bytes` must stay as they are until the
   * next call has come back.
   */
  async write(bytes: Uint8Array, at: number): Promise<void> {
    await this.settled()
    this.pending = this.writeAll(bytes, at).catch((error: unknown) => {
      this.fault = error
    })
    this.unsynced += bytes.length
    if (this.unsynced >= SYNC_BYTES && this.syncing === null) this.sync()
  }

  /** Waits until everything is written. */
  async settled(): Promise<void> {
    await this.pending
    if (this.fault !== null) throw writeFault(this.path, 'The file cannot be written', this.fault)
  }

  /** Waits for the rest and closes the file, also after a failure. */
  async close(): Promise<void> {
    await this.pending
    await this.syncing
    await this.handle.close()
  }

  private async writeAll(bytes: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < bytes.length;)
      done += (await this.handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten
  }

  private sync(): void {
    this.unsynced = 0
    this.syncing = this.handle.datasync().then(
      () => void (this.syncing = null),
      (error: unknown) => {
        this.fault = error
        this.syncing = null
      },
    )
  }
}
