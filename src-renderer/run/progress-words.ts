import type { RunState } from '../../src-shared/api/run-state'
import { formatCount, formatNumber, formatSeconds } from '../parts/format'

/** Share of the step under way that is done, percent; 0 while it cannot be told. */
export function percentDone({ step }: Pick<RunState, 'step'>): number {
  return step === null || step.total <= 0 ? 0 : Math.min(100, (100 * step.done) / step.total)
}

/** `41,200 of 118,000 footprints`; null between steps and before a step has told its length. */
export function doneWords({ step }: Pick<RunState, 'step'>): string | null {
  if (step === null || step.total <= 0) return null
  return `${formatCount(step.done)} of ${formatCount(step.total)} ${step.unit}`.trimEnd()
}

/** `312 footprints/s`; null before it can be told. */
export function rateWords({ step, rate }: Pick<RunState, 'step' | 'rate'>): string | null {
  if (step === null || rate === null) return null
  return `${formatNumber(rate)} ${step.unit}/s`
}

/** `4 min left`; null before it can be told. */
export function leftWords({ etaSeconds }: Pick<RunState, 'etaSeconds'>): string | null {
  return etaSeconds === null ? null : `${formatSeconds(etaSeconds)} left`
}

/** Seconds that a run has taken so far, or took. @param now milliseconds since 1970 */
export function secondsTaken(
  { started, finished }: Pick<RunState, 'started' | 'finished'>,
  now: number,
): number {
  return started === null ? 0 : Math.max(0, ((finished ?? now) - started) / 1000)
}

/** What a run does, in a word or two. */
export const STATUS_WORDS: Readonly<Record<RunState['status'], string>> = {
  idle: 'Not started',
  running: 'Running',
  pausing: 'Pausing: finishing the batches in flight',
  paused: 'Paused',
  cancelling: 'Cancelling',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
}
