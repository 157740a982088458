import type { CountSeries } from './chart-table'

/** What a saved chart says above its drawing. */
export interface ChartHeading {
  title: string
  legend: readonly Pick<CountSeries, 'label' | 'colour' | 'weight'>[]
}

const NAMESPACE = 'http://www.w3.org/2000/svg'
const MARGIN = 12
const TITLE_HEIGHT = 24
const LEGEND_HEIGHT = 20
const SWATCH = 10

/** Properties that CSS may have given, as the attributes that say the same in a file of its own. */
const PRESENTATION = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const

/** What is drawn only while the pointer is over the chart. */
const PASSING = '.recharts-tooltip-cursor, .recharts-active-dot, title, desc'

/**
 * A drawn chart as an SVG file that stands by itself: colours and fonts resolved, title and legend above it, on the
 * ground it is seen on.
 * @param drawn the chart in the page
 */
export function standaloneSvg(
  drawn: SVGSVGElement,
  { title, legend }: ChartHeading,
): { text: string; width: number; height: number } {
  const { width: chartWidth, height: chartHeight } = drawn.getBoundingClientRect()
  const top = MARGIN + TITLE_HEIGHT + (legend.length > 0 ? LEGEND_HEIGHT : 0)
  const [width, height] = [Math.ceil(chartWidth) + 2 * MARGIN, Math.ceil(chartHeight) + top + MARGIN]
  const page = getComputedStyle(drawn)
  const figure = element('svg', {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    'font-family': page.fontFamily,
    'font-size': '12px',
  })
  figure.append(
    element('rect', { width, height, fill: groundOf(drawn) }),
    element('text', { x: MARGIN, y: MARGIN + 14, fill: page.color, 'font-weight': 600 }, title),
    ...legendMarks(drawn, legend, page.color),
  )
  const chart = resolved(drawn)
  for (const [name, value] of Object.entries({ x: MARGIN, y: top, width: chartWidth, height: chartHeight })) {
    chart.setAttribute(name, String(value))
  }
  figure.append(chart)
  return { text: new XMLSerializer().serializeToString(figure), width, height }
}

function legendMarks(
  drawn: SVGSVGElement,
  legend: ChartHeading['legend'],
  textColour: string,
): readonly SVGElement[] {
  const y = MARGIN + TITLE_HEIGHT
  let x = MARGIN
  return legend.flatMap(({ label, colour, weight }) => {
    const look = { fill: colourOf(drawn, colour), 'fill-opacity': weight === 'ground' ? 0.5 : 1 }
    const swatch = element('rect', { x, y, width: SWATCH, height: SWATCH, ...look })
    const text = element('text', { x: x + SWATCH + 6, y: y + 9, fill: textColour }, label)
    // The face is not known to the reader's program, so the place of the next entry is a generous guess.
    x += SWATCH + 30 + label.length * 7
    return [swatch, text]
  })
}

/** A copy of a drawing whose every element says itself how it looks. */
function resolved(drawn: SVGSVGElement): SVGElement {
  const copy = drawn.cloneNode(true) as SVGSVGElement
  const originals = [drawn, ...drawn.querySelectorAll('*')]
  const copies = [copy, ...copy.querySelectorAll('*')]
  for (const [index, original] of originals.entries()) {
    const target = copies[index]
    const style = getComputedStyle(original)
    for (const name of ['class', 'style', 'tabindex', 'role']) target.removeAttribute(name)
    for (const { name } of [...target.attributes]) {
      if (name.startsWith('aria-') || name.startsWith('data-')) target.removeAttribute(name)
    }
    for (const name of PRESENTATION) {
      const value = style.getPropertyValue(name)
      if (value !== '') target.setAttribute(name, value)
    }
  }
  const passing = originals.flatMap((original, index) => (original.matches(PASSING) ? [copies[index]] : []))
  for (const element of passing) element.remove()
  return copy
}

/** The colour that the chart is seen on: that of the nearest element with one. */
function groundOf(drawn: Element): string {
  for (let place: Element | null = drawn; place !== null; place = place.parentElement) {
    const colour = getComputedStyle(place).backgroundColor
    if (colour !== 'transparent' && !colour.endsWith(', 0)')) return colour
  }
  return 'white'
}

/** A CSS colour, tokens included, as the page resolves it in that place. */
function colourOf(place: Element, colour: string): string {
  const probe = element('rect', {})
  probe.style.fill = colour
  place.append(probe)
  const value = getComputedStyle(probe).fill
  probe.remove()
  return value
}

function element(
  name: 'svg' | 'rect' | 'text',
  attributes: Readonly<Record<string, string | number>>,
  text?: string,
): SVGElement {
  const made = document.createElementNS(NAMESPACE, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  if (text !== undefined) made.textContent = text
  return made
}
