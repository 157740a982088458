import type { Split } from '../../src-shared/footprint/footprint'

/** Blue and vermillion of the palette of Okabe and Ito, which people with any colour vision tell apart. */
export const SPLIT_COLOURS: Readonly<Record<Split, string>> = { train: '#0072B2', test: '#D55E00' }

/** Greys and paper tones of all figures. */
export const COLOURS = {
  paper: '#ffffff',
  sea: '#f4f8fb',
  land: '#e6e5e0',
  coast: '#8b8f93',
  border: '#b9b9b5',
  graticule: '#cbd2d8',
  frame: '#4a4f54',
  text: '#16191c',
  quiet: '#5b6167',
} as const

/** DejaVu Sans is what the PNG is drawn with; a viewer of the SVG that lacks it takes its own sans-serif. */
export const FONT = 'DejaVu Sans, Verdana, sans-serif'

/** Sizes in units of the figure, of which 870 make its width; printed 180 mm wide, 12 units are 7 pt. */
export const FONT_SIZE = { title: 17, heading: 13, label: 12, small: 10.5 } as const

/**
 * Pixels of the PNG per unit of the figure: 2610 pixels, 368 dpi at 180 mm. An integer, so that edges that lie on
 * thirds of a unit lie on pixels.
 */
export const PIXELS_PER_UNIT = 3

/** The nearest position that lies on a pixel's edge in the PNG. */
export function snapToPixel(position: number): number {
  return Math.round(position * PIXELS_PER_UNIT) / PIXELS_PER_UNIT
}

/** Columns of the figure's layout, in units. */
export const LAYOUT = {
  width: 870,
  left: 104,
  /** Two units for each of 366 days. */
  plotWidth: 732,
  header: 74,
} as const
