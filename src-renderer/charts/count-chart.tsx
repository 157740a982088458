import { useMemo, type ReactNode } from 'react'
import { Bars } from './bars'
import { ChartFrame, type ChartFrameProps } from './chart-frame'
import { seriesTable, type ChartColumn, type CountSeries } from './chart-table'

interface CountChartProps extends ChartFrameProps {
  /** What the names are of: "Outcome". */
  axis: ChartColumn
  names: readonly string[]
  /** One value for each name. */
  series: readonly CountSeries[]
  /** Name and unit of the values, for axis and table. */
  values: { name: string; unit: string }
  format: (value: number) => string
}

/** Values by name as lying bars. */
export function CountChart({ axis, names, series, values, format, ...frame }: CountChartProps): ReactNode {
  const points = useMemo(
    () => names.map((name, index) => ({ at: name, values: series.map(({ values }) => values[index]) })),
    [names, series],
  )
  const table = useMemo(() => seriesTable(axis, names, series, values.unit), [axis, names, series, values])
  return (
    <ChartFrame {...frame} series={series} table={table}>
      <Bars
        title={frame.title}
        series={series}
        points={points}
        axis={axis.name}
        values={`${values.name} (${values.unit})`}
        lying
        value={format}
      />
    </ChartFrame>
  )
}
