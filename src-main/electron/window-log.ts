import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** Bytes after which the log is put aside and begun anew; one older one is kept. */
const LARGEST = 512 * 1024

/** What the window refused and what went wrong in it, for a report of a fault; the log of a run is in its project. */
export class WindowLog {
  constructor(private readonly file: string) {}

  /** Adds a line. A log that cannot be written stops nobody. */
  note(text: string): void {
    const line = `${new Date().toISOString()} ${text.replaceAll('\n', '\n  ')}\n`
    try {
      mkdirSync(dirname(this.file), { recursive: true })
      if (this.size() > LARGEST) renameSync(this.file, `${this.file}.old`)
      appendFileSync(this.file, line)
    } catch {
      process.stderr.write(line)
    }
  }

  private size(): number {
    return statSync(this.file, { throwIfNoEntry: false })?.size ?? 0
  }
}
