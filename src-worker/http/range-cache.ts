import { createHash } from 'node:crypto'
import type { ByteRange } from '../raster/byte-source'
import { CacheStore } from './cache-store'
import { fileVersionSchema, type FileVersion, type HeaderPage } from './file-version'

/**
 * Parts of files on servers, kept on disk for other workers and later runs. The first page of a file is kept under the
 * file's name alone and knows the file's version; all other parts under name, version and the range as it was asked
 * for, so that they are found again however they were fetched.
 */
export class RangeCache {
  private readonly store: CacheStore

  /**
   * @param folder Made when it is first written to.
   * @param maxBytes Limit of all it holds, bytes.
   * @param log Told once where the cache cannot be written.
   */
  constructor(folder: string, maxBytes: number, log: (message: string) => void) {
    this.store = new CacheStore(folder, maxBytes, log)
  }

  /** The first page of a file, null where it is not kept. */
  async header(file: string): Promise<HeaderPage | null> {
    const entry = await this.store.get(headerName(file))
    if (entry === null) return null
    try {
      return { version: fileVersionSchema.parse(JSON.parse(entry.facts)), bytes: entry.bytes }
    } catch {
      return null
    }
  }

  putHeader(file: string, { version, bytes }: HeaderPage): void {
    this.store.put(headerName(file), { facts: JSON.stringify(version), bytes })
  }

  /** A part of a file of which the version is known, null where it is not kept. */
  async range(file: string, version: FileVersion, range: ByteRange): Promise<Uint8Array | null> {
    const entry = await this.store.get(rangeName(file, version, range))
    return entry?.bytes.length === range.length ? entry.bytes : null
  }

  putRange(file: string, version: FileVersion, range: ByteRange, bytes: Uint8Array): void {
    this.store.put(rangeName(file, version, range), { facts: '', bytes })
  }

  /** Forgets a file that has changed. Its other parts are not found any more without the page, and fade away. */
  async drop(file: string): Promise<void> {
    await this.store.delete(headerName(file))
  }

  /** Waits until everything is on disk. */
  async flush(): Promise<void> {
    await this.store.flush()
  }
}

function headerName(file: string): string {
  return digest(['header', file])
}

function rangeName(file: string, { tag, total }: FileVersion, { offset, length }: ByteRange): string {
  return digest(['range', file, tag, total, offset, length])
}

function digest(parts: readonly (string | number | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)
}
