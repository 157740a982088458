import { createHash } from 'node:crypto'

/** Rows of one day of the year: `day` 1 to 366. */
export interface DayCount {
  day: number
  rows: number
}

/**
 * How many rows to take of each day so that days are as even as the data allow (SPEC 2): min(rows, c) with one cap c
 * for all days, the largest for which the total does not exceed `size`. What is then left of `size`, always less than
 * the number of days above the cap, goes one row each to days that the seed chooses among those.
 * @returns quotas in the order of `counts`, in total exactly min(size, all rows)
 */
export function dayQuotas(counts: readonly DayCount[], size: number, seed: number): DayCount[] {
  const cap = largestCap(
    counts.map(({ rows }) => rows),
    size,
  )
  const above = counts.filter(({ rows }) => rows > cap).map(({ day }) => day)
  const taken = counts.reduce((sum, { rows }) => sum + Math.min(rows, cap), 0)
  const lucky = new Set(shuffledDays(above, seed).slice(0, Math.max(0, size - taken)))
  return counts.map(({ day, rows }) => ({ day, rows: Math.min(rows, cap) + (lucky.has(day) ? 1 : 0) }))
}

/** The largest cap whose total stays within size: days in ascending order leave what they do not need to the rest. */
function largestCap(rows: readonly number[], size: number): number {
  let left = size
  const ascending = rows.toSorted((a, b) => a - b)
  for (const [index, count] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index))
    if (count > share) return share
    left -= count
  }
  return ascending.at(-1) ?? 0
}

function shuffledDays(days: readonly number[], seed: number): number[] {
  const key = (day: number): string => createHash('md5').update(`days:${seed}:${day}`).digest('hex')
  return days
    .map((day) => ({ day, key: key(day) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.day - b.day))
    .map(({ day }) => day)
}
