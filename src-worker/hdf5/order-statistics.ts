/** 2^16: a float32 is searched by its upper and then by its lower 16 bits. */
const HALF = 65_536

/**
 * Percentile of sorted values by linear interpolation between the two nearest, as numpy does by default: the value at
 * the fractional position percent/100 * (count - 1).
 * @param at the value at a position, 0 for the least
 */
export function percentile(percent: number, count: number, at: (position: number) => number): number {
  const position = (percent / 100) * (count - 1)
  const below = Math.floor(position)
  const low = at(below)
  const high = at(Math.min(below + 1, count - 1))
  return low + (high - low) * (position - below)
}

/** Positions of the sorted values that percentiles need. */
export function positionsOf(percents: readonly number[], count: number): number[] {
  const positions = percents.map((percent) => Math.floor((percent / 100) * (count - 1)))
  return [...new Set(positions.flatMap((below) => [below, Math.min(below + 1, count - 1)]))]
}

/**
 * Finds single values of the sorted order of any number of float32, exactly, in two passes over them and with little
 * memory. Floats are ordered like integers once the bits of negative ones are inverted and the sign of the others is
 * set; the first pass counts the upper halves of these keys, the second the lower halves of the few upper halves that
 * hold a wanted position.
 */
export class OrderStatistics {
  private readonly upper = new Float64Array(HALF)
  private readonly lower = new Map<number, Float64Array>()

  /** First pass: each value once. Not for NaN. */
  count(values: Float32Array): void {
    for (const bits of bitsOf(values)) this.upper[keyOf(bits) >>> 16]++
  }

  /** Between the passes: which positions will be asked for. */
  want(positions: readonly number[]): void {
    for (const position of positions)
      this.lower.set(this.find(this.upper, position).bin, new Float64Array(HALF))
  }

  /** Second pass: each value once more. */
  refine(values: Float32Array): void {
    for (const bits of bitsOf(values)) {
      const key = keyOf(bits)
      const bins = this.lower.get(key >>> 16)
      if (bins !== undefined) bins[key & 0xffff]++
    }
  }

  /** The value at a wanted position. */
  at(position: number): number {
    const { bin, before } = this.find(this.upper, position)
    const bins = this.lower.get(bin)
    if (bins === undefined) throw new RangeError(`position ${position} was not wanted`)
    const key = ((bin << 16) | this.find(bins, position - before).bin) >>> 0
    const bits = key >= SIGN ? key ^ SIGN : ~key
    return new Float32Array(Uint32Array.of(bits).buffer)[0]
  }

  /** The bin that holds a position, and how many values lie in the bins before it. */
  private find(bins: Float64Array, position: number): { bin: number; before: number } {
    let before = 0
    for (let bin = 0; bin < bins.length; bin++) {
      if (position < before + bins[bin]) return { bin, before }
      before += bins[bin]
    }
    throw new RangeError(`there is no position ${position}`)
  }
}

const SIGN = 0x8000_0000

function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length)
}

function keyOf(bits: number): number {
  return (bits >= SIGN ? ~bits : bits ^ SIGN) >>> 0
}
