import type { ClassStatistics, ContinuousStatistics } from '../../src-shared/dataset/statistics'
import { PERCENTILES } from '../../src-shared/dataset/statistics'
import { percentile } from './order-statistics'

/** How often each of the integers from 0 on occurs; everything else follows from it exactly. */
export class ValueCounts {
  private readonly counts: Float64Array

  /** @param values number of integers, as those of a type */
  constructor(values: number) {
    this.counts = new Float64Array(values)
  }

  add(values: Uint8Array | Uint16Array): void {
    for (const value of values) this.counts[value]++
  }

  /** Counts each value as the integer that stands for it; those beyond the first or last integer as that one. */
  addAs(values: Float32Array, integerOf: (value: number) => number): void {
    const last = this.counts.length - 1
    for (const value of values) this.counts[Math.min(last, Math.max(0, integerOf(value)))]++
  }

  /** How many were counted, and the value at a place of their ascending order, from 0. */
  ranked(): { count: number; at: (position: number) => number } {
    return rankedOf(this.counts)
  }

  /** Counts what another one of the same type has counted as well. */
  join({ counts }: ValueCounts): void {
    for (let value = 0; value < counts.length; value++) this.counts[value] += counts[value]
  }

  /** The values that occur, ascending, with how often they do. */
  *occurring(): Iterable<{ value: number; times: number }> {
    for (const [value, times] of this.counts.entries()) if (times > 0) yield { value, times }
  }

  /** Counts a value a number of times. @throws RangeError when the type has no such value */
  addTimes(value: number, times: number): void {
    if (value >= this.counts.length) throw new RangeError(`there is no value ${value}`)
    this.counts[value] += times
  }

  /** Statistics of all values but 0, which is no data. */
  continuous(name: string, unit: string): ContinuousStatistics {
    const counts = this.counts.slice()
    counts[0] = 0
    const count = sum(counts, () => 1)
    const empty = count === 0
    const mean = sum(counts, (value) => value) / count
    const variance = sum(counts, (value) => (value - mean) ** 2) / count
    const { at } = rankedOf(counts)
    return {
      kind: 'continuous',
      name,
      unit,
      count,
      mean: empty ? null : mean,
      standardDeviation: empty ? null : Math.sqrt(variance),
      minimum: empty ? null : at(0),
      maximum: empty ? null : at(count - 1),
      percentiles: PERCENTILES.map((percent) => ({
        percent,
        value: empty ? null : percentile(percent, count, at),
      })),
    }
  }

  /** Shares of the classes of a legend, and of values that are not in it. */
  classes(name: string, legend: ReadonlyMap<number, string>): ClassStatistics {
    const count = sum(this.counts, () => 1)
    const values = [...this.counts.keys()].filter((value) => legend.has(value) || this.counts[value] > 0)
    return {
      kind: 'classes',
      name,
      count,
      classes: values.map((value) => ({
        value,
        label: legend.get(value) ?? 'unknown',
        pixels: this.counts[value],
        share: count === 0 ? 0 : this.counts[value] / count,
      })),
    }
  }
}

function rankedOf(counts: Float64Array): ReturnType<ValueCounts['ranked']> {
  const cumulative = counts.slice()
  for (let value = 1; value < cumulative.length; value++) cumulative[value] += cumulative[value - 1]
  return {
    count: cumulative.at(-1) ?? 0,
    at: (position) => cumulative.findIndex((before) => before > position),
  }
}

function sum(counts: Float64Array, weight: (value: number) => number): number {
  return counts.reduce((total, count, value) => (count === 0 ? total : total + count * weight(value)), 0)
}
