import type { StudioError } from '../../src-shared/errors/studio-error'

export type LogLevel = 'info' | 'warning' | 'error'

/**
 * What every piece of pipeline work gets from whoever runs it: a signal that cancels it, and ways to say how far
 * it is. None of it knows about processes; a test passes `quietContext`.
 */
export interface JobContext {
  readonly signal: AbortSignal
  /** `done` of `total` units of the running work (shots, rows, footprints, bytes: as the job defines). */
  progress(done: number, total: number): void
  log(level: LogLevel, message: string): void
  /** An input that is left out while the work goes on. */
  skipped(error: StudioError): void
}

/**
 * A context that listens to nobody, for tests and benchmarks.
 */
export function quietContext(signal: AbortSignal = new AbortController().signal): JobContext {
  return {
    signal,
    progress: () => undefined,
    log: () => undefined,
    skipped: () => undefined,
  }
}
