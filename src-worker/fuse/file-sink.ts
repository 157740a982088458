import { open, type FileHandle } from 'node:fs/promises'
import { writeFault } from '../hdf5/write-fault'

/** Bytes after which what was written is sent to the disk, while more is being written. */
const SYNC_BYTES = 64 << 20

interface Piece {
  bytes: Uint8Array
  at: number
}

/**
 * A file that is written in large pieces while the next one is made ready. What was written goes to the disk on the
 * way, so that the end has little to wait for. All methods throw StudioError `hdf5-write` or `disk-full`.
 */
export class FileSink {
  private readonly small: Piece[] = []
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

  /**
   * Has a small piece written with the next large one, or at the end: a file that is written to in two places at once
   * makes the second writer wait. The piece is copied.
   */
  add(bytes: Uint8Array, at: number): void {
    this.small.push({ bytes: Buffer.from(bytes), at })
  }

  /**
   * Writes a large piece in the background, once the one before is written. `bytes` must stay as they are until the
   * next call has come back.
   */
  async write(bytes: Uint8Array, at: number): Promise<void> {
    await this.settled()
    this.begin([...this.small.splice(0), { bytes, at }])
    this.unsynced += bytes.length
    if (this.unsynced >= SYNC_BYTES && this.syncing === null) this.sync()
  }

  /** Writes the small pieces that are left and waits until everything is written. */
  async finish(): Promise<void> {
    await this.settled()
    this.begin(this.small.splice(0))
    await this.settled()
  }

  private begin(pieces: readonly Piece[]): void {
    this.pending = this.writeAll(pieces).catch((error: unknown) => {
      this.fault = error
    })
  }

  /** Waits for what is being written. */
  private async settled(): Promise<void> {
    await this.pending
    if (this.fault !== null) throw writeFault(this.path, 'The file cannot be written', this.fault)
  }

  /** Waits for the rest and closes the file, also after a failure. */
  async close(): Promise<void> {
    await this.pending
    await this.syncing
    await this.handle.close()
  }

  private async writeAll(pieces: readonly Piece[]): Promise<void> {
    for (const { bytes, at } of pieces) {
      for (let done = 0; done < bytes.length;)
        done += (await this.handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten
    }
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
