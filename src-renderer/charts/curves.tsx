import { useMemo, type ReactNode } from 'react'
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'
import { CHART_MARGIN, FIRST_SIZE, GRID, placeAxis, STILL, valueAxis, valueScale } from './axis-style'
import type { CountSeries } from './chart-table'
import { chartTooltip, type ChartPoint } from './chart-tooltip'

interface CurvesProps {
  /** Name for screen readers. */
  title: string
  series: readonly Omit<CountSeries, 'values'>[]
  points: readonly (ChartPoint & { at: number })[]
  axis: string
  values: string
  ticks: readonly number[]
  /** First and last place of the axis. */
  domain: readonly [number, number]
  /** Whether a value holds from its place to the next one. */
  steps?: boolean
  tick: (at: number) => string
  name: (point: ChartPoint) => string
  value: (value: number) => string
}

/** Curves over a continuous axis: what there was as a quiet area, what came of it as a line. */
export function Curves({ steps = false, ...props }: CurvesProps): ReactNode {
  const { title, series, points, domain, ticks, tick, name, value } = props
  const data = useMemo(() => [...points], [points])
  const scale = useMemo(() => valueScale(points), [points])
  const shape = steps ? 'stepAfter' : 'linear'
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={FIRST_SIZE}>
      <ComposedChart data={data} margin={CHART_MARGIN} aria-label={title}>
        <CartesianGrid {...GRID} />
        <XAxis
          {...placeAxis(props.axis)}
          type="number"
          dataKey="at"
          domain={[...domain]}
          ticks={[...ticks]}
          interval="equidistantPreserveStart"
          tickFormatter={tick}
        />
        <YAxis {...valueAxis(props.values)} {...scale} />
        <Tooltip
          {...STILL}
          content={chartTooltip({ series, points, name, value })}
          cursor={{ stroke: 'var(--studio-quiet)' }}
        />
        {series.map(({ label, colour, weight }, index) =>
          weight === 'ground' ? (
            <Area
              key={label}
              {...STILL}
              type={shape}
              dataKey={(point: ChartPoint) => point.values[index]}
              name={label}
              stroke={colour}
              strokeOpacity={0.6}
              fill={colour}
              fillOpacity={0.22}
              dot={false}
            />
          ) : (
            <Line
              key={label}
              {...STILL}
              type={shape}
              dataKey={(point: ChartPoint) => point.values[index]}
              name={label}
              stroke={colour}
              strokeWidth={2}
              dot={false}
            />
          ),
        )}
      </ComposedChart>
    </ResponsiveContainer>
  )
}
