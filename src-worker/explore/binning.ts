/** The bin of a footprint that has no value. */
export const NO_BIN = 255

/** Footprints sorted into bins by a value; see `histogramSchema` for the edges. */
export interface Binning {
  edges: number[]
  underflow: boolean
  overflow: boolean
}

/** Bins that the middle of the values is divided into at most. */
const MOST_BINS = 60
/** Share of the values below and above the equally wide bins. */
const TAIL = 0.005
/** Values that the tails are estimated from. */
const SAMPLE = 100_000
/** Steps below are as good as zero: fractions of them cannot be told apart any more. */
const LEAST_STEP = 1e-290
const ROUND_STEPS = [1, 2, 2.5, 5, 10]

/**
 * Sorts rows into at most 62 bins: round, equally wide ones where nearly all values lie, and a wide one on either side
 * for the rest. The same values give the same bins.
 * @returns the bins, and for each row its bin or NO_BIN
 * @param valueOf a row; not finite where it has none
 * @param fromZero whether the bins begin at 0 even where nearly all values are larger
 */
export function binValues(
  rows: number,
  valueOf: (row: number) => number,
  fromZero: boolean,
): Binning & { bins: Uint8Array } {
  const bins = new Uint8Array(rows).fill(NO_BIN)
  const range = rangeOf(rows, valueOf)
  if (range === null) return { edges: [], underflow: false, overflow: false, bins }
  const low = fromZero ? Math.min(0, range.low) : range.low
  const step = roundStep((range.high - low) / MOST_BINS, range.high)
  const first = Math.floor(low / step)
  const last = Math.max(first + 1, Math.ceil(range.high / step))
  const even = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  )
  const underflow = range.min < even[0]
  const overflow = range.max > even[even.length - 1]
  const edges = [...(underflow ? [range.min] : []), ...even, ...(overflow ? [range.max] : [])]
  const offset = underflow ? 1 : 0
  const top = edges.length - 2
  for (let row = 0; row < rows; row++) {
    const value = valueOf(row)
    if (!Number.isFinite(value)) continue
    let bin = Math.min(top, Math.max(0, Math.floor(value / step) - first + offset))
    // The quotient is rounded; the edges as they are told decide.
    while (bin > 0 && value < edges[bin]) bin--
    while (bin < top && value >= edges[bin + 1]) bin++
    bins[row] = bin
  }
  return { edges, underflow, overflow, bins }
}

interface ValueRange {
  min: number
  max: number
  /** All but the tails. */
  low: number
  high: number
}

function rangeOf(rows: number, valueOf: (row: number) => number): ValueRange | null {
  let [min, max] = [Infinity, -Infinity]
  const stride = Math.ceil(rows / SAMPLE)
  const sample: number[] = []
  for (let row = 0; row < rows; row++) {
    const value = valueOf(row)
    if (!Number.isFinite(value)) continue
    if (value < min) min = value
    if (value > max) max = value
    if (row % stride === 0) sample.push(value)
  }
  if (min > max) return null
  // Where values are rare, the sample may have missed them all.
  if (sample.length === 0) return { min, max, low: min, high: max }
  const sorted = Float64Array.from(sample).sort()
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]
  return { min, max, low: at(TAIL), high: at(1 - TAIL) }
}

/** The next round number that is at least `step`; where all values are all but equal, one that suits their size. */
function roundStep(step: number, value: number): number {
  const least = step > Math.abs(value) / 1e9 ? step : Math.abs(value) / MOST_BINS
  if (least < LEAST_STEP) return 1
  const magnitude = 10 ** Math.floor(Math.log10(least))
  return (ROUND_STEPS.find((round) => round * magnitude >= least) ?? 10) * magnitude
}
