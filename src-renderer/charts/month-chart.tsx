import { useMemo, type ReactNode } from 'react'
import { Bars } from './bars'
import { ChartFrame, type ChartFrameProps } from './chart-frame'
import { seriesTable, type CountSeries } from './chart-table'
import { MONTHS } from './days'
import type { Measure } from './measure'

interface MonthChartProps extends ChartFrameProps {
  /** 12 values each, January first. */
  series: readonly CountSeries[]
  measure: Measure
}

/** Footprints per month, all years together, as bars. */
export function MonthChart({ series, measure, ...frame }: MonthChartProps): ReactNode {
  const points = useMemo(
    () => MONTHS.map((month, index) => ({ at: month, values: series.map(({ values }) => values[index]) })),
    [series],
  )
  const table = useMemo(() => seriesTable({ name: 'Month' }, MONTHS, series, measure.unit), [series, measure])
  return (
    <ChartFrame {...frame} series={series} table={table}>
      <Bars
        title={frame.title}
        series={series}
        points={points}
        axis="Month (UTC)"
        values={`${measure.name}${measure.sign}`}
        tick={(month) => month.slice(0, 1)}
        value={measure.format}
      />
    </ChartFrame>
  )
}
