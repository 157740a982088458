import type { BarChart } from './card-blocks'
import { cardCount } from './card-numbers'
import { escapeMarkup, svgNumber as n } from './markup'

const WIDTH = 720
const LEFT = 64
const RIGHT = 8
const HEIGHT = 150
const TOP = 10
const BOTTOM = 40
const GAP = 18

/**
 * Bar charts, one below the other for each series, with axes of their own: a test split may be a tenth of the train
 * split. Colours come from classes of the page.
 */
export function barsSvg(chart: BarChart): string {
  const step = HEIGHT + TOP + GAP
  const height = chart.series.length * step - GAP + BOTTOM
  const parts = chart.series.map(({ name, counts }, k) => panel(chart, name, counts, k * step + TOP))
  const text = `${chart.title}: ${chart.series.map(({ name, counts }) => `${name} ${cardCount(sum(counts))}`).join(', ')}`
  return [
    `<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeMarkup(text)}">`,
    ...parts,
    ...labels(chart, height - BOTTOM),
    `<text class="axis" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${height - 6}" text-anchor="middle">${escapeMarkup(chart.axis)}</text>`,
    '</svg>',
  ].join('')
}

function panel(chart: BarChart, name: string, counts: readonly number[], top: number): string {
  const most = Math.max(1, ...counts)
  const ticks = [0, most].map(
    (count) =>
      `<text class="axis" x="${LEFT - 6}" y="${n(top + HEIGHT * (1 - count / most) + 4)}" text-anchor="end">${cardCount(count)}</text>`,
  )
  const width = barWidth(chart)
  const bars = counts.flatMap((count, k) => {
    if (count === 0) return []
    const tall = Math.max(0.5, (HEIGHT * count) / most)
    const at = `x="${n(LEFT + k * width + width * 0.05)}" y="${n(top + HEIGHT - tall)}"`
    const title = `${name}, ${chart.labels[k]}: ${cardCount(count)}`
    return [
      `<rect ${at} width="${n(Math.max(width * 0.9, 0.8))}" height="${n(tall)}"><title>${escapeMarkup(title)}</title></rect>`,
    ]
  })
  return [
    `<g class="${name === 'test' ? 'test' : 'train'}">${bars.join('')}</g>`,
    `<line class="frame" x1="${LEFT}" y1="${top + HEIGHT}" x2="${WIDTH - RIGHT}" y2="${top + HEIGHT}"/>`,
    ...ticks,
    `<text class="name" x="${WIDTH - RIGHT}" y="${top + 10}" text-anchor="end">${escapeMarkup(name)}</text>`,
  ].join('')
}

function labels(chart: BarChart, below: number): string[] {
  const width = barWidth(chart)
  return chart.labels.flatMap((label, k) =>
    k % chart.labelEvery === 0
      ? [
          `<text class="axis" x="${n(LEFT + (k + (k === chart.labels.length - 1 ? 1 : 0.5)) * width)}" y="${below + 14}" text-anchor="${k === chart.labels.length - 1 ? 'end' : 'middle'}">${escapeMarkup(label)}</text>`,
        ]
      : [],
  )
}

function barWidth({ labels: all }: BarChart): number {
  return (WIDTH - LEFT - RIGHT) / all.length
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
