import type { ValueRange } from './presets'

/** Share of the values that a stretch over the patch leaves beyond either end. */
const TAIL = 0.02

/**
 * The 2nd and the 98th percentile of the values that are no NaN, by straight lines between the two nearest ones, as
 * numpy does by default; null where there are none.
 */
export function patchRange(values: Float32Array): ValueRange | null {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  if (sorted.length === 0) return null
  return { low: quantile(sorted, TAIL), high: quantile(sorted, 1 - TAIL) }
}

function quantile(sorted: Float32Array, share: number): number {
  const at = share * (sorted.length - 1)
  const below = Math.floor(at)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (at - below) * (sorted[above] - sorted[below])
}
