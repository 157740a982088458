import type { RunState } from '../../src-shared/api/run-state'

/** What the task bar shows of a run. */
export interface TaskBar {
  /** From 0 to 1; above 1 moves without an end in sight; below 0 shows nothing. */
  progress: number
  mode: 'none' | 'normal' | 'indeterminate' | 'error' | 'paused'
}

const NOTHING: TaskBar = { progress: -1, mode: 'none' }
const BUSY: TaskBar = { progress: 2, mode: 'indeterminate' }

/** The share of the present step that is done, in the colour of the run's state. */
export function taskBarOf({ status, step }: Pick<RunState, 'status' | 'step'>): TaskBar {
  const share = step === null || step.total <= 0 ? null : Math.min(1, step.done / step.total)
  switch (status) {
    case 'running':
    case 'pausing':
      return share === null ? BUSY : { progress: share, mode: 'normal' }
    case 'cancelling':
      return BUSY
    case 'paused':
      return { progress: share ?? 1, mode: 'paused' }
    case 'failed':
      return { progress: 1, mode: 'error' }
    case 'idle':
    case 'done':
    case 'cancelled':
      return NOTHING
  }
}
