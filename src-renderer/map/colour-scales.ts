import { interpolateCividis, interpolateRainbow } from 'd3-scale-chromatic'
import { VIRIDIS } from '../../src-shared/patches/ramps'

/** A colour of a scale and the value that it stands for, ascending. */
export interface ScaleStop {
  value: number
  colour: string
}

/** A scale of colours with the labels of its legend. Colours between the stops lie on straight lines in sRGB. */
export interface ColourScale {
  stops: readonly ScaleStop[]
  /** The place of a label is that of its value, in the unit of the stops. */
  labels: readonly { value: number; text: string }[]
}

/** Biomass above this has the last colour; few forests carry more. Mg/ha. */
const MOST_AGBD = 400
/** Where the logarithmic scale begins, Mg/ha. */
const LEAST_AGBD = 5

/** Viridis over the biomass, Mg/ha. The stops of the logarithmic scale are decadic logarithms of it. */
export function agbdScale(logarithmic: boolean): ColourScale {
  if (!logarithmic) {
    return {
      stops: spread(VIRIDIS, 0, MOST_AGBD),
      labels: [0, 100, 200, 300, MOST_AGBD].map((value) => ({ value, text: labelOf(value, MOST_AGBD) })),
    }
  }
  return {
    stops: spread(VIRIDIS, Math.log10(LEAST_AGBD), Math.log10(MOST_AGBD)),
    labels: [LEAST_AGBD, 10, 20, 50, 100, 200, MOST_AGBD].map((value) => ({
      value: Math.log10(value),
      text: value === LEAST_AGBD ? `≤ ${value}` : labelOf(value, MOST_AGBD),
    })),
  }
}

function labelOf(value: number, most: number): string {
  return value === most ? `≥ ${value}` : String(value)
}

const RAINBOW_STEPS = 24
/** First day of each second month in a year without a leap day. */
const MONTH_LABELS = [
  { value: 1, text: 'Jan' },
  { value: 60, text: 'Mar' },
  { value: 121, text: 'May' },
  { value: 182, text: 'Jul' },
  { value: 244, text: 'Sep' },
  { value: 305, text: 'Nov' },
] as const

/** A circle of colours over the day of the year, so that December passes into January. */
export const DAY_SCALE: ColourScale = {
  stops: spread(
    Array.from({ length: RAINBOW_STEPS + 1 }, (_, step) => hex(interpolateRainbow(step / RAINBOW_STEPS))),
    1,
    367,
  ),
  labels: MONTH_LABELS,
}

const COUNT_POWERS = 4

/** Cividis over the decadic logarithm of the footprints in a square. */
export const COUNT_SCALE: ColourScale = {
  stops: spread(
    Array.from({ length: 9 }, (_, step) => hex(interpolateCividis(step / 8))),
    0,
    COUNT_POWERS,
  ),
  labels: ['1', '10', '100', '1,000', '≥ 10,000'].map((text, value) => ({ value, text })),
}

function spread(colours: readonly string[], from: number, to: number): ScaleStop[] {
  return colours.map((colour, at) => ({ value: from + ((to - from) * at) / (colours.length - 1), colour }))
}

/** `#rrggbb` from `rgb(r, g, b)`, as the colour library writes it; what is written otherwise stays. */
function hex(colour: string): string {
  const channels = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(colour)
  if (channels === null) return colour
  return `#${channels
    .slice(1)
    .map((channel) => Number(channel).toString(16).padStart(2, '0'))
    .join('')}`
}
