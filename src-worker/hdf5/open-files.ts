import { openHdf5, type Hdf5Reader } from './file-reader'

/** Keeps the files that were used last open, so many at a time. */
export class OpenFiles {
  private readonly files = new Map<string, Hdf5Reader>()
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  /** @throws StudioError `hdf5-open` */
  async get(path: string): Promise<Hdf5Reader> {
    const open = this.files.get(path)
    this.files.delete(path)
    const file = open ?? (await openHdf5(path))
    this.files.set(path, file)
    for (const [oldest, reader] of this.files) {
      if (this.files.size <= this.limit) break
      reader.close()
      this.files.delete(oldest)
    }
    return file
  }

  close(): void {
    for (const file of this.files.values()) file.close()
    this.files.clear()
  }
}
