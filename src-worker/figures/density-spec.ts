import type { Data, Legend, Mark, Scale } from 'vega'
import type { Density } from './density'
import { place, type MapFrame } from './frame'
import { COLOURS, FONT_SIZE, snapToPixel } from './style'

/** What the figure needs to draw the density: a data set and a mark inside the map, and scale and legend outside. */
export interface DensityParts {
  data: Data
  mark: Mark
  scales: Scale[]
  legends: Legend[]
}

/** Where a legend begins, units of the figure, and how wide its bar is. */
export interface LegendPlace {
  x: number
  y: number
  width: number
}

/** Width of a digit of the legend's labels and least space between two labels, units. */
const LEGEND_DIGIT = 0.64 * FONT_SIZE.small
const LEGEND_GAP = 10

/** Dots in the colour of the split, or cells in viridis on a logarithmic scale. */
export function densityParts(
  density: Density,
  frame: MapFrame,
  colour: string,
  legend: LegendPlace,
): DensityParts {
  return density.kind === 'dots' ? dots(density, frame, colour, legend) : cells(density, frame, legend)
}

function dots(
  density: Extract<Density, { kind: 'dots' }>,
  frame: MapFrame,
  colour: string,
  legend: LegendPlace,
): DensityParts {
  const values = density.dots.map(({ lon, lat }) => {
    const [x, y] = place(frame, lon, lat)
    return { x, y }
  })
  const size = values.length > 200 ? 16 : values.length > 20 ? 30 : 70
  return {
    data: { name: 'density', values },
    mark: {
      type: 'symbol',
      from: { data: 'density' },
      encode: {
        enter: {
          ...{ x: { field: 'x' }, y: { field: 'y' }, shape: { value: 'circle' }, size: { value: size } },
          ...{ fill: { value: colour }, fillOpacity: { value: 0.75 } },
          ...{ stroke: { value: COLOURS.paper }, strokeWidth: { value: 0.4 } },
        },
      },
    },
    scales: [
      { name: 'density', type: 'ordinal', domain: values.length === 0 ? [] : ['footprint'], range: [colour] },
    ],
    legends:
      values.length === 0
        ? []
        : [
            {
              ...{
                fill: 'density',
                orient: 'none',
                legendX: legend.x + legend.width - 70,
                legendY: legend.y + 14,
              },
              ...{
                symbolType: 'circle',
                symbolSize: 30,
                symbolStrokeWidth: 0,
                labelFontSize: FONT_SIZE.label,
              },
              ...{ labelColor: COLOURS.text, labelOffset: 4 },
            },
          ],
  }
}

function cells(
  density: Extract<Density, { kind: 'cells' }>,
  frame: MapFrame,
  legend: LegendPlace,
): DensityParts {
  const top = Math.max(2, density.max)
  const values = density.cells.map(({ column, row, count }) => {
    const x = snapToPixel((column * density.size - frame.west) * frame.perLon)
    const x2 = snapToPixel(((column + 1) * density.size - frame.west) * frame.perLon)
    const y = snapToPixel((frame.north - (row + 1) * density.size) * frame.perLat)
    const y2 = snapToPixel((frame.north - row * density.size) * frame.perLat)
    return { x, x2, y, y2, count }
  })
  return {
    data: { name: 'density', values },
    mark: {
      type: 'rect',
      from: { data: 'density' },
      encode: {
        enter: {
          ...{ x: { field: 'x' }, x2: { field: 'x2' }, y: { field: 'y' }, y2: { field: 'y2' } },
          fill: { scale: 'density', field: 'count' },
        },
      },
    },
    scales: [{ name: 'density', type: 'log', domain: [1, top], range: { scheme: 'viridis' } }],
    legends: [
      {
        ...{ fill: 'density', type: 'gradient', direction: 'horizontal', orient: 'none' },
        ...{ legendX: legend.x, legendY: legend.y, gradientLength: legend.width, gradientThickness: 10 },
        title: `Footprints per ${density.size}° cell`,
        ...{
          titleFontSize: FONT_SIZE.label,
          titleFontWeight: 'normal',
          titleColor: COLOURS.text,
          titlePadding: 5,
        },
        ...{
          values: legendTicks(top, legend.width),
          format: ',d',
          labelFontSize: FONT_SIZE.small,
          labelOverlap: false,
        },
        ...{ labelColor: COLOURS.text, titleLimit: 0, labelLimit: 0 },
      },
    ],
  }
}

/**
 * Values to label on a logarithmic bar from 1 to `top`, `width` units long: steps of 1, 2, 5 where top is small, else
 * powers of ten, as many as have room, and `top` itself.
 */
export function legendTicks(top: number, width: number): number[] {
  const decades = Array.from({ length: Math.floor(Math.log10(top) + 1e-9) + 1 }, (_, power) => 10 ** power)
  const candidates = [
    ...(top > 50 ? [] : [decades.flatMap((decade) => [decade, 2 * decade, 5 * decade])]),
    ...[1, 2, 3].map((stride) => decades.filter((_, power) => power % stride === 0)),
  ]
  const options = candidates.map((steps) => [...steps.filter((step) => clearOfTop(step, top, width)), top])
  return options.find((ticks) => haveRoom(ticks, width)) ?? [1, top]
}

/** Where the label of a value lies on the bar; Vega keeps the first and the last within the bar. */
function labelSpan(value: number, top: number, width: number): [from: number, to: number] {
  const size = value.toLocaleString('en-US').length * LEGEND_DIGIT
  if (value === 1) return [0, size]
  if (value === top) return [width - size, width]
  const middle = (Math.log(value) / Math.log(top)) * width
  return [middle - size / 2, middle + size / 2]
}

function clearOfTop(step: number, top: number, width: number): boolean {
  return step < top && labelSpan(step, top, width)[1] + LEGEND_GAP <= labelSpan(top, top, width)[0]
}

function haveRoom(ticks: readonly number[], width: number): boolean {
  const spans = ticks.map((tick) => labelSpan(tick, ticks[ticks.length - 1], width))
  return spans.slice(1).every(([from], index) => spans[index][1] + LEGEND_GAP <= from)
}
