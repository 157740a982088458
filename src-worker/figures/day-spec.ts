import type { Axis, GroupMark } from 'vega'
import { panel, text, texts, verticalAxisTitle } from './marks'
import { COLOURS, FONT_SIZE, LAYOUT } from './style'

const HEIGHT = 150
/** Days before each month and the whole year, in a common year. */
const MONTH_STARTS = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365]
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Space that the chart takes below its upper edge: bars, ticks, months, axis title. */
export const DAY_CHART_HEIGHT = HEIGHT + 58

/**
 * Bars of the footprints per day of year, two units a day. Months are those of the leap year where one of the
 * years is one: from March on, a common year's months then begin one day before their tick.
 * @param days 366 counts, day 1 first
 * @param longestLabel characters of the longest label of any vertical axis of the figure
 */
export function dayChart(
  y: number,
  days: readonly number[],
  years: readonly number[],
  colour: string,
  longestLabel: number,
): GroupMark {
  const starts = MONTH_STARTS.map((start, month) => start + (month > 1 && years.some(isLeap) ? 1 : 0))
  const perDay = LAYOUT.plotWidth / 366
  const empty = days.every((count) => count === 0)
  return panel(
    { x: LAYOUT.left, y, width: LAYOUT.plotWidth, height: HEIGHT },
    {
      data: [
        { name: 'days', values: days.map((count, index) => ({ x: index * perDay, count })) },
        {
          name: 'months',
          values: MONTHS.map((label, month) => ({
            label,
            x: ((starts[month] + starts[month + 1]) / 2) * perDay,
          })),
        },
      ],
      scales: [
        { name: 'day', type: 'linear', zero: false, domain: [0.5, 366.5], range: [0, LAYOUT.plotWidth] },
        {
          name: 'count',
          type: 'linear',
          domain: empty ? [0, 1] : { data: 'days', field: 'count' },
          range: [HEIGHT, 0],
          zero: true,
          nice: 4,
        },
      ],
      axes: [countAxis(empty), dayAxis(starts.slice(0, 12).map((start) => start + 1))],
      marks: [
        {
          type: 'rect',
          from: { data: 'days' },
          encode: {
            enter: {
              ...{ x: { field: 'x' }, width: { value: perDay } },
              ...{ y: { scale: 'count', field: 'count' }, y2: { scale: 'count', value: 0 } },
              fill: { value: colour },
            },
          },
        },
        texts('months', { field: 'x' }, { value: HEIGHT + 34 }, { align: 'center' }),
        text(
          years.length > 1 ? 'Day of year (all years together)' : 'Day of year',
          LAYOUT.plotWidth / 2,
          HEIGHT + 54,
          { size: FONT_SIZE.heading, align: 'center' },
        ),
        verticalAxisTitle('Footprints per day', HEIGHT, longestLabel),
        ...(empty
          ? [
              text('No footprints', LAYOUT.plotWidth / 2, HEIGHT / 2, {
                align: 'center',
                colour: COLOURS.quiet,
              }),
            ]
          : []),
      ],
    },
  )
}

/** Characters of the longest label of the chart's vertical axis; rounding it up may add a digit. */
export function longestCount(days: readonly number[]): number {
  return (10 ** Math.ceil(Math.log10(Math.max(1, ...days)))).toLocaleString('en-US').length
}

function countAxis(empty: boolean): Axis {
  return {
    ...{
      orient: 'left',
      scale: 'count',
      format: ',d',
      tickCount: 4,
      tickMinStep: 1,
      grid: !empty,
      gridScale: 'day',
    },
    ...{ gridColor: '#e4e6e8', gridWidth: 1, domain: false, ticks: false, labelPadding: 6, zindex: 0 },
    ...{ labelFontSize: FONT_SIZE.label, labelColor: COLOURS.text, labelOverlap: false, labelBound: false },
  }
}

function dayAxis(firstDays: number[]): Axis {
  return {
    ...{ orient: 'bottom', scale: 'day', values: firstDays, tickSize: 5, zindex: 1 },
    ...{ domainColor: COLOURS.frame, tickColor: COLOURS.frame, domainWidth: 1, tickWidth: 1 },
    ...{ labelFontSize: FONT_SIZE.small, labelColor: COLOURS.quiet, labelOverlap: false, labelBound: false },
  }
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}
