import type { RunState } from '../../src-shared/api/run-state'

/** Seconds that a run has taken so far, or took; none where the clocks differ. @param now milliseconds since 1970 */
export function secondsTaken(
  { started, finished }: Pick<RunState, 'started' | 'finished'>,
  now: number,
): number {
  return started === null ? 0 : Math.max(0, ((finished ?? now) - started) / 1000)
}
