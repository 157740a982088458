import type { ReactNode } from 'react'
import type { TooltipContentProps } from 'recharts'
import classes from './chart-frame.module.css'
import type { CountSeries } from './chart-table'

/** A place on the axis of a chart with the value of each series. */
export interface ChartPoint {
  /** Where it stands: a number on a continuous axis, a name otherwise. */
  at: number | string
  values: readonly number[]
}

interface TooltipOptions {
  series: readonly Pick<CountSeries, 'label' | 'colour' | 'weight'>[]
  points: readonly ChartPoint[]
  /** Names the place. */
  name: (point: ChartPoint) => string
  value: (value: number) => string
}

/** What the charts show at the pointer or the arrow keys: the place, and each series with its value. */
export function chartTooltip({
  series,
  points,
  name,
  value,
}: TooltipOptions): (shown: Pick<TooltipContentProps, 'active' | 'label'>) => ReactNode {
  return function tooltip({ active, label }) {
    const point = points.find(({ at }) => at === label)
    if (!active || point === undefined) return null
    return (
      <div className={classes.tooltip}>
        {name(point)}
        <table>
          <tbody>
            {series.map(({ label, colour, weight }, index) => (
              <tr key={label}>
                <td>
                  <div className={classes.swatch} data-weight={weight} style={{ backgroundColor: colour }} />
                </td>
                <th scope="row">{label}</th>
                <td>{value(point.values[index])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )
  }
}
