/** Steps between ticks: these, and with zeros behind them. */
const STEPS = [1, 2, 5, 10] as const

/** Ticks are at most so many steps. */
const MOST = 5

/**
 * Ticks from 0 up to just above the largest value, in steps of 1, 2 or 5 with as many zeros as it takes.
 * @param largest value, not negative
 */
export function ticksUpTo(largest: number): number[] {
  if (!(largest > 0)) return [0, 1]
  const power = 10 ** Math.floor(Math.log10(largest / MOST))
  const step = power * (STEPS.find((step) => step * power * MOST >= largest) ?? 10)
  // Rounded, because 3 * 0.1 is not 0.3.
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, tick) =>
    Number((tick * step).toPrecision(12)),
  )
}
