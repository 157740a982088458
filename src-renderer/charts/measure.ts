import { formatCount, formatNumber } from '../parts/format'

/** What the values of a chart are: footprints, or their share of the table's. */
export interface Measure {
  /** What is counted, as a title begins. */
  counted: string
  /** Name at the axis, before "per day" and the like. */
  name: string
  /** Unit at the axis where it is not the name. */
  sign: string
  /** Unit in table and CSV. */
  unit: string
  format: (value: number) => string
}

export const COUNTS: Measure = {
  counted: 'Footprints',
  name: 'Footprints',
  sign: '',
  unit: 'footprints',
  format: formatCount,
}

export const SHARES: Measure = {
  counted: 'Share of footprints',
  name: 'Share',
  sign: ' (%)',
  unit: '%',
  format: (percent) => `${formatNumber(percent)} %`,
}

/** Counts in percent of their sum; zeros where there are none. */
export function percentages(counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => (all === 0 ? 0 : (100 * count) / all))
}
