import { PERCENTILES, type ContinuousStatistics } from '../../src-shared/dataset/statistics'
import { Moments } from '../hdf5/moments'
import { percentile } from '../hdf5/order-statistics'
import { ValueCounts } from '../hdf5/value-counts'

/** Values are counted in tenths: finer than terrain is known. */
const TENTHS = 10

/** Moments of measured values, exact, and how often each of them occurs when it is rounded to 0.1, for percentiles. */
export class RoundedValues {
  readonly moments = new Moments()
  readonly counts: ValueCounts

  /** Values beyond these bounds count as the bound in percentiles. */
  constructor(
    private readonly low: number,
    high: number,
  ) {
    this.counts = new ValueCounts((high - low) * TENTHS + 1)
  }

  add(values: Float32Array): void {
    this.moments.add(values)
    this.counts.addAs(values, (value) => Math.round((value - this.low) * TENTHS))
  }

  join({ moments, counts }: RoundedValues): void {
    this.moments.join(moments)
    this.counts.join(counts)
  }

  /** Interpolated as numpy does by default; null without values. */
  percentiles(): ContinuousStatistics['percentiles'] {
    const { count, at } = this.counts.ranked()
    return PERCENTILES.map((percent) => ({
      percent,
      value: count === 0 ? null : this.low + percentile(percent, count, at) / TENTHS,
    }))
  }
}
