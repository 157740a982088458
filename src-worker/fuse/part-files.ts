import { closeSync, openSync, readSync } from 'node:fs'
import { unfit } from './fuse-order'

/** Keeps the files that were used last open for reading, so many at a time. */
export class PartFiles {
  private readonly open = new Map<number, number>()

  /** @param paths of the parts, by number */
  constructor(
    private readonly paths: readonly string[],
    private readonly limit = 256,
  ) {}

  /** Reads `length` bytes of a part, from `at` on, to `offset` of `target`. @throws StudioError `dataset-invalid` */
  readInto(part: number, target: Uint8Array, offset: number, length: number, at: number): void {
    let read: number
    try {
      read = readSync(this.descriptor(part), target, offset, length, at)
    } catch (error) {
      throw unfit(this.paths[part], 'The batch file cannot be read.', error)
    }
    if (read !== length) throw unfit(this.paths[part], 'The batch file has become shorter.')
  }

  close(): void {
    for (const descriptor of this.open.values()) closeSync(descriptor)
    this.open.clear()
  }

  private descriptor(part: number): number {
    const descriptor = this.open.get(part) ?? openSync(this.paths[part], 'r')
    this.open.delete(part)
    this.open.set(part, descriptor)
    for (const [oldest, unused] of this.open) {
      if (this.open.size <= this.limit) break
      closeSync(unused)
      this.open.delete(oldest)
    }
    return descriptor
  }
}
