import { useMemo, type ReactNode } from 'react'
import { ChartFrame, type ChartFrameProps } from './chart-frame'
import { seriesTable, type CountSeries } from './chart-table'
import { Curves } from './curves'
import { dayName, MONTH_STARTS, monthStarting } from './days'
import type { Measure } from './measure'

const DAYS = Array.from({ length: 366 }, (_, index) => index + 1)
const DOMAIN = [1, 366] as const

interface DayOfYearChartProps extends ChartFrameProps {
  /** 366 values each, day 1 first. */
  series: readonly CountSeries[]
  measure: Measure
}

/** Footprints per day of the year, all years together, as curves over one axis. */
export function DayOfYearChart({ series, measure, ...frame }: DayOfYearChartProps): ReactNode {
  const points = useMemo(
    () => DAYS.map((day) => ({ at: day, values: series.map(({ values }) => values[day - 1]) })),
    [series],
  )
  const table = useMemo(
    () => seriesTable({ name: 'Day of the year' }, DAYS, series, measure.unit),
    [series, measure],
  )
  return (
    <ChartFrame {...frame} series={series} table={table}>
      <Curves
        title={frame.title}
        series={series}
        points={points}
        axis="Day of the year (UTC)"
        values={`${measure.name} per day${measure.sign}`}
        ticks={MONTH_STARTS}
        domain={DOMAIN}
        tick={monthStarting}
        name={({ at }) => dayName(Number(at))}
        value={measure.format}
      />
    </ChartFrame>
  )
}
