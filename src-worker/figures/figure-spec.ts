import { basename } from 'node:path'
import type { Spec } from 'vega'
import type { Split } from '../../src-shared/footprint/footprint'
import { outlinesIn } from './coastline'
import { DAY_CHART_HEIGHT, dayChart, longestCount } from './day-spec'
import { densityParts } from './density-spec'
import type { Density } from './density'
import type { Distribution } from './distribution'
import type { MapFrame } from './frame'
import { parallels } from './graticule'
import { locator, locatorFrame } from './locator-spec'
import { footprintMap, MAP_AXIS_HEIGHT } from './map-spec'
import { text } from './marks'
import { COLOURS, FONT, FONT_SIZE, LAYOUT, SPLIT_COLOURS } from './style'

/** What a distribution figure is about. */
export interface FigureSubject {
  split: Split
  kind: 'subset' | 'combined'
  /** The table that it counts. */
  table: string
}

const GAP = 22
const FOOTER = 30
const LEGEND_WIDTH = 196

/** The whole figure: heading and legend, the map, the chart of days, the source of the data. */
export async function figureSpec(
  subject: FigureSubject,
  distribution: Distribution,
  frame: MapFrame,
  density: Density,
): Promise<Spec> {
  const colour = SPLIT_COLOURS[subject.split]
  const right = LAYOUT.left + LAYOUT.plotWidth
  const outlines = await outlinesIn(frame)
  const parts = densityParts(density, frame, colour, { x: right - LEGEND_WIDTH, y: 12, width: LEGEND_WIDTH })
  const dayTop = LAYOUT.header + frame.height + MAP_AXIS_HEIGHT + GAP
  const height = dayTop + DAY_CHART_HEIGHT + FOOTER
  const longestLabel = Math.max(
    longestCount(distribution.days),
    ...parallels(frame).map(({ label }) => label.length),
  )
  const around = frame.local ? await outlinesIn(locatorFrame(frame)) : null
  return {
    ...{ width: LAYOUT.width, height, padding: 0, autosize: 'none', background: COLOURS.paper },
    config: {
      text: { font: FONT },
      axis: { labelFont: FONT, titleFont: FONT },
      legend: { labelFont: FONT, titleFont: FONT },
    },
    scales: parts.scales,
    legends: parts.legends,
    marks: [
      text(`GEDI L4A footprints: ${subject.split} split, ${subject.kind}`, LAYOUT.left, 32, {
        ...{ size: FONT_SIZE.title, bold: true },
      }),
      text(summaryLine(distribution), LAYOUT.left, 54, { size: FONT_SIZE.heading, colour: COLOURS.quiet }),
      footprintMap(LAYOUT.header, frame, outlines, parts, longestLabel),
      ...(around === null ? [] : [locator(right - 144, LAYOUT.header, frame, around, colour)]),
      dayChart(dayTop, distribution.days, distribution.years, colour, longestLabel),
      text(sourceLine(subject.table, outlines.scale), LAYOUT.left, height - 12, {
        ...{ size: FONT_SIZE.small, colour: COLOURS.quiet },
      }),
    ],
  }
}

/** `N = 6,000,000 footprints on 366 days of the year, 2019–2021`. */
function summaryLine({ rows, days, years }: Distribution): string {
  if (rows === 0) return 'N = 0: the table holds no footprints'
  const daysWithData = days.filter((count) => count > 0).length
  const footprints = `N = ${rows.toLocaleString('en-US')} ${rows === 1 ? 'footprint' : 'footprints'}`
  return `${footprints} on ${daysWithData} ${daysWithData === 1 ? 'day' : 'days'} of the year, ${yearSpan(years)}`
}

/** `2020`, `2019–2021`, and where years are left out between, how many there are: `2019–2023 (3 years)`. */
function yearSpan(years: readonly number[]): string {
  const first = years[0]
  const last = years[years.length - 1]
  if (first === last) return String(first)
  return `${first}–${last}${last - first + 1 === years.length ? '' : ` (${years.length} years)`}`
}

function sourceLine(table: string, scale: '50m' | '10m'): string {
  const name = basename(table)
  const short = name.length > 40 ? `${name.slice(0, 24)}…${name.slice(-15)}` : name
  return `Data: GEDI L4A (NASA), table ${short}. Coastlines and borders: Natural Earth 1:${scale === '10m' ? 10 : 50} million.`
}
