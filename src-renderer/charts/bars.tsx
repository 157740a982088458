import { useMemo, type ReactNode } from 'react'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { AXIS, CHART_MARGIN, FIRST_SIZE, GRID, placeAxis, STILL, valueAxis, valueScale } from './axis-style'
import type { CountSeries } from './chart-table'
import { chartTooltip, type ChartPoint } from './chart-tooltip'

interface BarsProps {
  /** Name for screen readers. */
  title: string
  series: readonly Omit<CountSeries, 'values'>[]
  points: readonly ChartPoint[]
  axis: string
  values: string
  /** Text at the axis where the name is too long for it. */
  tick?: (at: string) => string
  /** Whether names stand at the left and bars lie: for long names. */
  lying?: boolean
  value: (value: number) => string
}

const NAME_WIDTH = 128

/** Bars by name, those of several series side by side. */
export function Bars({ lying = false, ...props }: BarsProps): ReactNode {
  const { title, series, points, value, tick = String } = props
  const data = useMemo(() => [...points], [points])
  const scale = useMemo(() => valueScale(points), [points])
  const names = { type: 'category', dataKey: 'at', interval: 0, tickFormatter: tick } as const
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={FIRST_SIZE}>
      <BarChart
        data={data}
        margin={CHART_MARGIN}
        layout={lying ? 'vertical' : 'horizontal'}
        barCategoryGap="20%"
        barGap={1}
        aria-label={title}
      >
        <CartesianGrid {...GRID} vertical={lying} horizontal={!lying} />
        {lying ? (
          <>
            <XAxis {...placeAxis(props.values)} type="number" tickFormatter={value} {...scale} />
            <YAxis {...AXIS} {...names} width={NAME_WIDTH} />
          </>
        ) : (
          <>
            <XAxis {...placeAxis(props.axis)} {...names} />
            <YAxis {...valueAxis(props.values)} {...scale} />
          </>
        )}
        <Tooltip
          {...STILL}
          content={chartTooltip({ series, points, name: ({ at }) => String(at), value })}
          cursor={{ fill: 'var(--studio-line)', fillOpacity: 0.4 }}
        />
        {series.map(({ label, colour, weight }, index) => (
          <Bar
            key={label}
            {...STILL}
            dataKey={(point: ChartPoint) => point.values[index]}
            name={label}
            fill={colour}
            fillOpacity={weight === 'ground' ? 0.5 : 1}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
