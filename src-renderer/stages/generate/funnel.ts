import type { Funnel } from '../../../src-shared/api/run-state'
import { REASON_LABELS } from '../../../src-shared/footprint/reason-labels'
import { REJECTION_REASONS, type RejectionReason } from '../../../src-shared/footprint/rejection'
import type { ShownState } from '../../map/colour-by'
import { DONE_COLOUR, FAILED_COLOUR, REASON_COLOURS, WAITING_COLOUR } from '../../theme/data-colours'

/** A line of the funnel: so many footprints leave here, or are left in the end. */
export interface FunnelRow {
  state: ShownState
  label: string
  /** What it means, one sentence. */
  meaning: string
  colour: string
  count: number
  /** Where its bar begins, as a count of footprints: those that come further than this line. */
  after: number
}

const REASONS = Object.keys(REJECTION_REASONS) as RejectionReason[]

/** Both splits together. */
export function sumFunnels(funnels: readonly Funnel[]): Funnel {
  const rejected: Funnel['rejected'] = {}
  for (const funnel of funnels)
    for (const reason of REASONS) {
      const count = funnel.rejected[reason]
      if (count !== undefined) rejected[reason] = (rejected[reason] ?? 0) + count
    }
  const sum = (of: (funnel: Funnel) => number): number =>
    funnels.reduce((total, funnel) => total + of(funnel), 0)
  return {
    asked: sum(({ asked }) => asked),
    rejected,
    failed: sum(({ failed }) => failed),
    samples: sum(({ samples }) => samples),
  }
}

/** Footprints that are neither cut nor rejected nor failed yet. */
export function waitingOf({ asked, rejected, failed, samples }: Funnel): number {
  const out = Object.values(rejected).reduce((sum, count) => sum + count, 0)
  return Math.max(0, asked - out - failed - samples)
}

/**
 * The lines from all footprints down to those that were cut, in the order of the checks. Reasons without footprints are
 * left out.
 */
export function funnelRows(funnel: Funnel): FunnelRow[] {
  const leaving: Omit<FunnelRow, 'after'>[] = [
    {
      state: 'waiting',
      label: 'Waiting',
      meaning: 'Not looked at yet.',
      colour: WAITING_COLOUR,
      count: waitingOf(funnel),
    },
    ...REASONS.map((reason) => ({
      state: reason,
      label: REASON_LABELS[reason],
      meaning: REJECTION_REASONS[reason],
      colour: REASON_COLOURS[reason],
      count: funnel.rejected[reason] ?? 0,
    })),
    {
      state: 'failed',
      label: 'Failed',
      meaning: 'Imagery could not be read. The next run tries again.',
      colour: FAILED_COLOUR,
      count: funnel.failed,
    },
  ]
  let left = Math.max(funnel.asked, funnel.samples)
  const rows = leaving
    .filter(({ count }) => count > 0)
    .map((row) => {
      left -= row.count
      return { ...row, after: left }
    })
  return [
    ...rows,
    {
      state: 'done',
      label: 'Cut',
      meaning: 'Samples in the batch files.',
      colour: DONE_COLOUR,
      count: funnel.samples,
      after: 0,
    },
  ]
}

/** The reason of a state; null where the state is no rejection. */
export function reasonOf(state: ShownState): RejectionReason | null {
  return REASONS.find((reason) => reason === state) ?? null
}
