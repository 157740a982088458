import { SPLITS } from '../footprint/footprint'
import type { CardMap } from './card-facts'
import { cardCount } from './card-numbers'
import { escapeMarkup, svgNumber as n } from './markup'

const LEFT = 70
const TOP = 8
const RIGHT = 34
const BOTTOM = 28
const OPACITIES = [0.35, 0.55, 0.75, 0.95]

/** The map of the samples: cells that have some, darker the more they have; cells of the test split lie on top. */
export function mapSvg(map: CardMap): string {
  const { width, height } = map
  const total = map.cells.reduce((sum, { samples }) => sum + samples, 0)
  const label = `Map of ${cardCount(total)} samples`
  return [
    `<svg class="map" viewBox="0 0 ${n(width + LEFT + RIGHT)} ${n(height + TOP + BOTTOM)}" role="img" aria-label="${escapeMarkup(label)}">`,
    `<svg x="${LEFT}" y="${TOP}" width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}">`,
    `<rect class="sea" width="${n(width)}" height="${n(height)}"/>`,
    `<path class="land" d="${escapeMarkup(map.land)}"/><path class="border" d="${escapeMarkup(map.borders)}"/>`,
    `<path class="graticule" d="${map.meridians.map(({ at }) => `M${n(at)},0V${n(height)}`).join('')}${map.parallels.map(({ at }) => `M0,${n(at)}H${n(width)}`).join('')}"/>`,
    ...SPLITS.map((split) => cellsOf(map, split)),
    '</svg>',
    `<rect class="outline" x="${LEFT}" y="${TOP}" width="${n(width)}" height="${n(height)}"/>`,
    ...map.meridians.map(
      ({ at, label: text }) =>
        `<text class="axis" x="${n(LEFT + at)}" y="${n(TOP + height + 18)}" text-anchor="middle">${escapeMarkup(text)}</text>`,
    ),
    ...map.parallels.map(
      ({ at, label: text }) =>
        `<text class="axis" x="${LEFT - 8}" y="${n(TOP + at + 4)}" text-anchor="end">${escapeMarkup(text)}</text>`,
    ),
    '</svg>',
  ].join('')
}

/** One path for each shade, so that a map of thousands of cells stays small. */
function cellsOf({ cells, cell }: CardMap, split: (typeof SPLITS)[number]): string {
  const own = cells.filter((one) => one.split === split)
  const most = Math.log1p(own.reduce((max, { samples }) => Math.max(max, samples), 0))
  const shade = (samples: number): number =>
    Math.min(OPACITIES.length - 1, Math.floor((OPACITIES.length * Math.log1p(samples)) / most))
  return OPACITIES.map((opacity, k) => {
    const path = own
      .filter(({ samples }) => shade(samples) === k)
      .map(({ x, y }) => `M${x},${y}h${cell}v${cell}h-${cell}z`)
      .join('')
    return path === '' ? '' : `<path class="${split}" fill-opacity="${opacity}" d="${path}"/>`
  }).join('')
}
