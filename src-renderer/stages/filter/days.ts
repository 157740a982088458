import type { FilterCounts } from '../../../src-shared/explore/filter-counts'
import { DAY_MS } from '../../../src-shared/footprint/time'
import type { DrawnBins } from './histogram-shape'

type Days = NonNullable<FilterCounts['days']>

/** More bars than this are not told apart at the width of the window. */
const MOST_BARS = 400

/** Days that a bar may hold. */
const WIDTHS = [1, 7, 14, 28] as const

/** Days as bars of a day, or of one or more weeks, each; edges are days counted from the first. */
export function barsOfDays({ others, kept }: Days): DrawnBins {
  const days = others.length
  const wide = WIDTHS.find((width) => days <= MOST_BARS * width) ?? WIDTHS[WIDTHS.length - 1]
  const bars = Math.ceil(days / wide)
  const sums = (counts: readonly number[]): number[] =>
    Array.from({ length: bars }, (_, bar) =>
      counts.slice(bar * wide, (bar + 1) * wide).reduce((sum, count) => sum + count, 0),
    )
  const edges = Array.from({ length: bars + 1 }, (_, bar) => Math.min(days, bar * wide))
  return { edges, others: sums(others), kept: sums(kept) }
}

/** The day so many days after another one, `YYYY-MM-DD`. */
export function dayAfter(first: string, days: number): string {
  return new Date(Date.parse(first) + days * DAY_MS).toISOString().slice(0, 10)
}

/** How many days one day is after another. */
export function daysBetween(first: string, day: string): number {
  return Math.round((Date.parse(day) - Date.parse(first)) / DAY_MS)
}

/** A mark of the time axis. */
export interface DayTick {
  /** Days from the first. */
  day: number
  label: string
}

const MOST_TICKS = 8
const MONTH_STEPS = [1, 2, 3, 6, 12] as const
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** Beginnings of months, or of years, that fit on an axis; for less than two months days at even distances. */
export function dayTicks(first: string, days: number): DayTick[] {
  if (days < 62) {
    const step = Math.max(1, Math.ceil(days / (MOST_TICKS - 2)))
    return Array.from({ length: Math.ceil(days / step) }, (_, tick) => ({
      day: tick * step,
      label: dayAfter(first, tick * step),
    }))
  }
  const step = MONTH_STEPS.find((months) => days / (30.4 * months) <= MOST_TICKS) ?? 12
  const begin = new Date(first)
  const ticks: DayTick[] = []
  for (let month = Math.ceil(begin.getUTCMonth() / step) * step; ; month += step) {
    const at = Date.UTC(begin.getUTCFullYear(), month, 1)
    const day = Math.round((at - begin.getTime()) / DAY_MS)
    if (day >= days) return ticks
    if (day >= 0) ticks.push({ day, label: tickLabel(new Date(at), step) })
  }
}

function tickLabel(date: Date, step: number): string {
  const year = date.getUTCFullYear()
  return step === 12 ? String(year) : `${MONTHS[date.getUTCMonth()]} ${year}`
}
