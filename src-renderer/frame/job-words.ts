import type { RunState } from '../../src-shared/api/run-state'
import { STEP_LABELS } from '../../src-shared/run/steps'
import { formatSeconds } from '../../src-shared/wording/duration'
import { formatBytes, formatCount, formatNumber } from '../parts/format'

interface JobWords {
  /** What is being done. */
  label: string
  /** How much of how much, with its unit. */
  amount: string
  /** How fast, and how long it takes from here. */
  speed: string
}

/** The running job in a line of the title bar. */
export function jobWords({
  status,
  step,
  finishing,
  rate,
  etaSeconds,
}: Pick<RunState, 'status' | 'step' | 'finishing' | 'rate' | 'etaSeconds'>): JobWords {
  if (step === null) {
    const label = HELD[status] ?? (finishing ? 'Drawing the last figures' : 'Starting')
    return { label, amount: '', speed: '' }
  }
  const label = HELD[status] ?? STEP_LABELS[step.step]
  const amount = step.total === 0 ? '' : amountOf(step.done, step.total, step.unit)
  const speed = [
    rate === null ? null : rateOf(rate, step.unit),
    etaSeconds === null ? null : formatSeconds(etaSeconds),
  ]
  return {
    label,
    amount,
    speed: status === 'running' ? speed.filter((part) => part !== null).join(', ') : '',
  }
}

const HELD: Partial<Record<RunState['status'], string>> = {
  pausing: 'Pausing, batches in flight are finished',
  paused: 'Paused',
  cancelling: 'Cancelling',
}

function amountOf(done: number, total: number, unit: string): string {
  if (unit === 'bytes') return `${formatBytes(done)} of ${formatBytes(total)}`
  return `${formatCount(done)} / ${formatCount(total)} ${unit}`
}

function rateOf(perSecond: number, unit: string): string {
  return unit === 'bytes'
    ? `${formatBytes(perSecond)}/s`
    : `${formatNumber(perSecond, perSecond < 10 ? 2 : 3)}/s`
}
