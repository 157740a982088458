import { PERCENTILES, type ContinuousStatistics } from '../../src-shared/dataset/statistics'
import { momentStatistics } from './moment-statistics'
import { Moments } from './moments'
import { OrderStatistics, percentile, positionsOf } from './order-statistics'

/** No data in the float layers. */
const NODATA = -9999

/**
 * Statistics of float32 values in two passes over all of them, in the same order of calls; all exact but for the
 * rounding of float64. Values that are no data or no number are left out.
 */
export class FloatStatistics {
  private readonly moments = new Moments()
  private readonly order = new OrderStatistics()
  private room = new Float32Array(0)

  /** First pass. */
  count(values: Float32Array): void {
    const valid = this.valid(values)
    this.moments.add(valid)
    this.order.count(valid)
  }

  /** Between the passes. */
  turn(): void {
    if (this.moments.count > 0) this.order.want(positionsOf(PERCENTILES, this.moments.count))
  }

  /** Second pass. */
  refine(values: Float32Array): void {
    this.order.refine(this.valid(values))
  }

  result(name: string, unit: string): ContinuousStatistics {
    const { count } = this.moments
    const percentiles = PERCENTILES.map((percent) => ({
      percent,
      value: count === 0 ? null : percentile(percent, count, (position) => this.order.at(position)),
    }))
    return momentStatistics(this.moments, name, unit, percentiles)
  }

  /** The values that count, in memory that the next call uses again. */
  private valid(values: Float32Array): Float32Array {
    if (this.room.length < values.length) this.room = new Float32Array(values.length)
    let count = 0
    for (const value of values) {
      if (value !== NODATA && Number.isFinite(value)) this.room[count++] = value
    }
    return this.room.subarray(0, count)
  }
}
