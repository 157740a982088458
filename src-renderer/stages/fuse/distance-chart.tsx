import { useMemo, type ReactNode } from 'react'
import { DISTANCE_NAMES } from '../../../src-shared/run/leakage'
import { CountChart } from '../../charts/count-chart'
import { formatCount } from '../../parts/format'
import { SPLIT_COLOURS } from '../../theme/data-colours'

const AXIS = { name: 'Distance' } as const
const VALUES = { name: 'Number', unit: 'test patches' } as const
const HEIGHT = 300

/** Test patches by the distance from their footprint to the nearest train footprint. */
export default function DistanceChart({ distances }: { distances: readonly number[] }): ReactNode {
  const series = useMemo(
    () => [
      {
        label: 'Test patches',
        colour: SPLIT_COLOURS.test,
        weight: 'figure' as const,
        values: distances,
      },
    ],
    [distances],
  )
  return (
    <CountChart
      title="Test patches by distance to the nearest train footprint"
      fileName="leakage"
      height={HEIGHT}
      axis={AXIS}
      names={DISTANCE_NAMES}
      series={series}
      values={VALUES}
      format={formatCount}
    />
  )
}
