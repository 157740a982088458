import type { ContinuousStatistics } from '../../src-shared/dataset/statistics'
import type { Moments } from './moments'

/** Statistics of the values that moments have seen, with percentiles that were found elsewhere; null where there are none. */
export function momentStatistics(
  { count, mean, standardDeviation, minimum, maximum }: Moments,
  name: string,
  unit: string,
  percentiles: ContinuousStatistics['percentiles'],
): ContinuousStatistics {
  const empty = count === 0
  return {
    kind: 'continuous',
    name,
    unit,
    count,
    mean: empty ? null : mean,
    standardDeviation: empty ? null : standardDeviation,
    minimum: empty ? null : minimum,
    maximum: empty ? null : maximum,
    percentiles,
  }
}
