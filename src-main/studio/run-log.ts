import type { LogEntry } from '../../src-shared/api/run-state'
import { Broadcast } from './broadcast'

/** Lines that are kept for windows that open later. */
const KEPT = 2000

interface LogPart {
  fresh: boolean
  lines: LogEntry[]
}

/** The log of the open project's runs, in memory; `run.log` keeps all of it. */
export class RunLog {
  private lines: LogEntry[] = []
  private nextId = 0
  private readonly added = new Broadcast<LogPart>()

  /** @returns the line as it was added */
  add(line: Omit<LogEntry, 'id' | 'time'>): LogEntry {
    const entry = { ...line, id: this.nextId++, time: Date.now() }
    this.lines.push(entry)
    if (this.lines.length > KEPT * 1.5) this.lines = this.lines.slice(-KEPT)
    this.added.send({ fresh: false, lines: [entry] })
    return entry
  }

  /** Begins anew, for another project. */
  clear(): void {
    this.lines = []
    this.added.send({ fresh: true, lines: [] })
  }

  stream(signal: AbortSignal | undefined): AsyncGenerator<LogPart, void, void> {
    return this.added.stream(signal, [{ fresh: true, lines: this.lines.slice(-KEPT) }], (waiting, next) =>
      next.fresh ? next : { fresh: waiting.fresh, lines: [...waiting.lines, ...next.lines] },
    )
  }
}
