import { useMemo, type ReactNode } from 'react'
import { formatCount } from '../parts/format'
import { Bars } from './bars'
import { ChartFrame, type ChartFrameProps } from './chart-frame'
import { seriesTable, type CountSeries } from './chart-table'
import { MONTHS } from './days'

interface MonthChartProps extends ChartFrameProps {
  /** 12 counts of footprints each, January first. */
  series: readonly CountSeries[]
}

/** Footprints per month, all years together, as bars. */
export function MonthChart({ series, ...frame }: MonthChartProps): ReactNode {
  const points = useMemo(
    () => MONTHS.map((month, index) => ({ at: month, values: series.map(({ values }) => values[index]) })),
    [series],
  )
  const table = useMemo(() => seriesTable({ name: 'Month' }, MONTHS, series, 'footprints'), [series])
  return (
    <ChartFrame {...frame} series={series} table={table}>
      <Bars
        title={frame.title}
        series={series}
        points={points}
        axis="Month (UTC)"
        values="Footprints"
        tick={(month) => month.slice(0, 1)}
        value={formatCount}
      />
    </ChartFrame>
  )
}
