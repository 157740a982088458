import { create } from 'zustand'
import type { LogEntry, RunState } from '../../src-shared/api/run-state'
import { follow } from '../connection/studio'

/** Lines that the log panel keeps. */
const LOG_LINES = 2000

interface RunStore {
  /** null until the studio has answered. */
  run: RunState | null
  log: readonly LogEntry[]
}

/** The run of the open project, and the log. */
export const useRun = create<RunStore>()(() => ({ run: null, log: [] }))

/** Follows the run for as long as the window is open. @returns ends the following */
export function followRun(): () => void {
  const stop = new AbortController()
  void follow(
    (client, signal) => client.run.watch(undefined, { signal }),
    (run) => useRun.setState({ run }),
    stop.signal,
  )
  void follow(
    (client, signal) => client.run.log(undefined, { signal }),
    ({ fresh, lines }) =>
      useRun.setState(({ log }) => ({ log: [...(fresh ? [] : log), ...lines].slice(-LOG_LINES) })),
    stop.signal,
  )
  return () => stop.abort()
}

/** Whether a run is under way, paused ones included. */
export function isActive(run: RunState | null): boolean {
  return run !== null && ['running', 'pausing', 'paused', 'cancelling'].includes(run.status)
}
