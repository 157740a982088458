import { formatNumber } from '../parts/format'
import { ticksUpTo } from './ticks'

/** Size of axis text, px. */
const TEXT_SIZE = 12

/** Text and line of all axes, from the tokens of the theme. */
export const AXIS = {
  stroke: 'var(--studio-line)',
  tick: { fill: 'var(--studio-quiet)', fontSize: TEXT_SIZE },
  tickMargin: 4,
} as const

/** Name of an axis. */
const NAME = { fill: 'var(--studio-quiet)', fontSize: TEXT_SIZE } as const

/** Room round a chart, px: the last tick's text reaches over the end of the axis. */
export const CHART_MARGIN = { top: 8, right: 16, bottom: 0, left: 0 } as const

/** Lines behind the curves, at the ticks of the values. */
export const GRID = { stroke: 'var(--studio-line)', strokeDasharray: '2 4', vertical: false } as const

/** Ticks and ends of an axis for all values of a chart. */
export function valueScale(points: readonly { values: readonly number[] }[]): {
  ticks: number[]
  domain: [number, number]
} {
  const ticks = ticksUpTo(points.reduce((most, { values }) => Math.max(most, ...values), 0))
  return { ticks, domain: [0, ticks[ticks.length - 1]] }
}

/** What recharts is told so that nothing moves by itself and the first drawing has a size. */
export const STILL = { isAnimationActive: false } as const
export const FIRST_SIZE = { width: 480, height: 200 } as const

/** The axis along which places lie. @param name with its unit */
export function placeAxis(name: string): typeof AXIS & { height: number; label: object; minTickGap: number } {
  return {
    ...AXIS,
    height: 40,
    minTickGap: 8,
    label: { value: name, position: 'insideBottom', offset: 4, ...NAME },
  }
}

/** A count at an axis, all of them in the same few units: 500, 9 k, 13.5 k, 1.2 M. */
function axisCount(value: number): string {
  if (value >= 1e6) return `${formatNumber(value / 1e6)} M`
  return value >= 1e3 ? `${formatNumber(value / 1e3)} k` : formatNumber(value)
}

/** The axis of the values. @param name with its unit */
export function valueAxis(
  name: string,
): typeof AXIS & { width: number; label: object; tickFormatter: (value: number) => string } {
  return {
    ...AXIS,
    width: 64,
    tickFormatter: axisCount,
    label: { value: name, angle: -90, position: 'insideLeft', style: { textAnchor: 'middle' }, ...NAME },
  }
}
