import type { StudioError } from '../../src-shared/errors/studio-error'
import { fileVersion, UnsteadyFile } from './file-version'
import { openSampleFile, requireWhole, type SampleFile } from './sample-file'

export interface SampleFilesOptions {
  /** Files open at a time. */
  limit: number
  /** A file that nobody has asked for this long is closed, milliseconds. */
  idle: number
}

/**
 * The batch and dataset files that are open for reading: those used last, for as long as they are used. A file that
 * was replaced or written to is opened anew. Requests are served one after the other.
 */
export class SampleFiles {
  private readonly files = new Map<string, SampleFile>()
  private readonly whole = new WeakSet<SampleFile>()
  private readonly options: SampleFilesOptions
  private last: Promise<unknown> = Promise.resolve()
  private timer: NodeJS.Timeout | undefined

  constructor(options: SampleFilesOptions) {
    this.options = options
  }

  /** Paths of the files that are open at the moment, the one used last at the end. */
  get open(): string[] {
    return [...this.files.keys()]
  }

  /**
   * Lends a file to `read`, and sees to it that all that was read is of one version of the file.
   * @param partly whether a file may lack datasets, as those of other programs do
   * @throws StudioError `hdf5-open` when it cannot be opened, `dataset-invalid` when it has another structure;
   *   UnsteadyFile `hdf5-open` when it is missing, `hdf5-read` when it was changed or removed meanwhile; what `read` throws
   */
  use<T>(path: string, read: (file: SampleFile) => T | Promise<T>, partly = false): Promise<T> {
    const turn = this.last.then(() => this.serve(path, read, partly))
    this.last = turn.catch(() => undefined)
    return turn
  }

  private async serve<T>(
    path: string,
    read: (file: SampleFile) => T | Promise<T>,
    partly: boolean,
  ): Promise<T> {
    clearTimeout(this.timer)
    const { version } = await fileVersion(path)
    try {
      const file = await this.fileOf(path, version)
      if (!partly) this.requireWhole(file)
      const value = await read(file)
      if (!(await isStill(path, version))) throw changed(path)
      return value
    } catch (error) {
      this.closeOne(path)
      throw (await isStill(path, version)) ? error : changed(path, error)
    } finally {
      this.timer = setTimeout(() => this.closeAll(), this.options.idle).unref()
    }
  }

  private async fileOf(path: string, version: string): Promise<SampleFile> {
    const known = this.files.get(path)
    if (known?.version !== version) this.closeOne(path)
    const file = known?.version === version ? known : await openSampleFile(path, version)
    this.files.delete(path)
    this.files.set(path, file)
    for (const oldest of this.open.slice(0, -this.options.limit)) this.closeOne(oldest)
    return file
  }

  /** Files that are known to be whole are not looked at again. */
  private requireWhole(file: SampleFile): void {
    if (this.whole.has(file)) return
    requireWhole(file)
    this.whole.add(file)
  }

  private closeOne(path: string): void {
    this.files.get(path)?.reader.close()
    this.files.delete(path)
  }

  private closeAll(): void {
    for (const path of this.open) this.closeOne(path)
  }
}

async function isStill(path: string, version: string): Promise<boolean> {
  const now = await fileVersion(path).catch(() => null)
  return now?.version === version
}

function changed(path: string, cause?: unknown): StudioError {
  return new UnsteadyFile('hdf5-read', 'The file was rewritten or removed while it was being read.', {
    file: path,
    hint: 'A run may be cutting this batch again; look again when it is done.',
    ...(cause === undefined ? {} : { cause }),
  })
}
