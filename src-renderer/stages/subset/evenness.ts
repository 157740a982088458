/** How evenly footprints are spread over the days of the year. */
export interface Evenness {
  /** Footprints. */
  rows: number
  /** Days of the year with footprints. */
  days: number
  /** Footprints per day over the days that can have any. */
  smallest: number
  median: number
  largest: number
  /** Standard deviation over mean of footprints per day, percent: 0 is perfectly even. */
  variation: number
}

/**
 * Evenness of counts per day of the year over those days that have footprints to choose from.
 * @param perDay 366 counts
 * @param available counts of what they were drawn from; days without any there are left out
 * @returns null without footprints
 */
export function evenness(perDay: readonly number[], available: readonly number[]): Evenness | null {
  const counts = perDay.filter((_, day) => available[day] > 0).toSorted((a, b) => a - b)
  const rows = counts.reduce((sum, count) => sum + count, 0)
  if (rows === 0) return null
  const mean = rows / counts.length
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length
  const middle = counts.length / 2
  return {
    rows,
    days: counts.filter((count) => count > 0).length,
    smallest: counts[0],
    median: (counts[Math.ceil(middle) - 1] + counts[Math.floor(middle)]) / 2,
    largest: counts[counts.length - 1],
    variation: (100 * Math.sqrt(variance)) / mean,
  }
}
