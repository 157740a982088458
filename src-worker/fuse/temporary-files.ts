import { rmSync } from 'node:fs'
import { SampleRecords } from './sample-records'

/** The temporary files of a fuse, beside its output, all of them deleted at its end. */
export class TemporaryFiles {
  private readonly paths: string[] = []
  private store: SampleRecords | null = null

  constructor(private readonly output: string) {}

  records(count: number, bytes: number): SampleRecords {
    this.store = new SampleRecords(`${this.output}.records.part`, count, bytes)
    return this.store
  }

  /** A path of its own for a file of some kind. */
  file(kind: string): string {
    const path = `${this.output}.${kind}-${this.paths.length}.part`
    this.paths.push(path)
    return path
  }

  remove(): void {
    this.store?.remove()
    for (const path of this.paths) rmSync(path, { force: true })
  }
}
