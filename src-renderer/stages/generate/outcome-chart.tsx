import { useMemo, type ReactNode } from 'react'
import type { RunState } from '../../../src-shared/api/run-state'
import { SPLITS } from '../../../src-shared/footprint/footprint'
import { CountChart } from '../../charts/count-chart'
import { formatNumber } from '../../parts/format'
import { SPLIT_COLOURS } from '../../theme/data-colours'
import { funnelRows, sumFunnels } from './funnel'

const NAMES = { train: 'Train', test: 'Test' } as const
const AXIS = { name: 'Outcome' } as const
const VALUES = { name: 'Share of the footprints in the subset', unit: '%' } as const
const ROW_HEIGHT = 32
const AXIS_HEIGHT = 56

/** Train and test side by side: the share of each split's footprints that came to each end. */
export default function OutcomeChart({ funnels }: { funnels: RunState['funnel'] }): ReactNode {
  const outcomes = useMemo(() => funnelRows(sumFunnels([funnels.train, funnels.test])), [funnels])
  const series = useMemo(
    () =>
      SPLITS.map((split) => {
        const rows = funnelRows(funnels[split])
        const all = Math.max(funnels[split].asked, 1)
        const shareOf = (state: string): number =>
          (100 * (rows.find((row) => row.state === state)?.count ?? 0)) / all
        return {
          label: NAMES[split],
          colour: SPLIT_COLOURS[split],
          weight: 'figure' as const,
          values: outcomes.map(({ state }) => shareOf(state)),
        }
      }),
    [funnels, outcomes],
  )
  const names = useMemo(() => outcomes.map(({ label }) => label), [outcomes])
  return (
    <CountChart
      title="Share of footprints by outcome"
      fileName="outcomes"
      height={AXIS_HEIGHT + ROW_HEIGHT * names.length}
      axis={AXIS}
      names={names}
      series={series}
      values={VALUES}
      format={(share) => `${formatNumber(share)} %`}
    />
  )
}
