import type { Histogram, Tally } from '../../src-shared/card/card-facts'

/** Counts values in bins of equal width from 0 on; the last bin is open. */
export class Bins {
  private readonly counts: number[]
  private outside = 0

  /** @param edges number of bins */
  constructor(
    private readonly unit: string,
    private readonly width: number,
    edges: number,
  ) {
    this.counts = new Array<number>(edges).fill(0)
  }

  add(value: number): void {
    if (value >= 0) this.counts[Math.min(Math.floor(value / this.width), this.counts.length - 1)]++
    else this.outside++
  }

  get histogram(): Histogram {
    const { unit, width, counts, outside } = this
    return { unit, width, counts, outside }
  }
}

/** Counts how often each of some texts occurs. */
export class Occurrences {
  private readonly counts = new Map<string, number>()

  add(value: string): void {
    this.counts.set(value, (this.counts.get(value) ?? 0) + 1)
  }

  /** How many different texts there are. */
  get size(): number {
    return this.counts.size
  }

  /** By text, in the order of character codes. */
  get tally(): Tally {
    return [...this.counts]
      .map(([value, samples]) => ({ value, samples }))
      .sort((a, b) => (a.value < b.value ? -1 : 1))
  }
}
