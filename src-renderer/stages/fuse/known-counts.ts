import { useState } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import { SPLITS } from '../../../src-shared/footprint/footprint'
import { isActive } from '../../stores/run-store'

type Counts = RunState['funnel']

/**
 * What became of the footprints. A run begins to count when it comes to the batches; until then the counts from before
 * it are shown, so that nothing jumps.
 */
export function useKnownCounts(run: RunState): Counts {
  const [known, setKnown] = useState(run.funnel)
  const counts = countsToShow(run.funnel, isActive(run), known)
  if (counts !== known) setKnown(counts)
  return counts
}

/**
 * The counts of a run, or those from before it where it has none yet.
 * @param active whether the run goes on
 */
export function countsToShow(ofRun: Counts, active: boolean, before: Counts): Counts {
  const counted = SPLITS.some((split) => ofRun[split].asked > 0)
  return counted || !active ? ofRun : before
}
