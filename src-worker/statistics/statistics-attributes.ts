import { BAND_NAMES } from '../../src-shared/dataset/bands'
import type { BandStatistics } from '../../src-shared/dataset/statistics'
import type { DatasetAttributes } from '../hdf5/samples-file'

/** The layers of a dataset along its second axis, by their names in the statistics. */
const LAYERS = {
  'Sentinel-2 L2A': BAND_NAMES,
  CopDEM: ['altitude', 'slope'],
  'AGBD Values': ['AGBD'],
} as const

/**
 * Statistics as attributes of the datasets they are of: `valid_count`, `mean`, `standard_deviation`, `minimum`,
 * `maximum`, `percentile_1` and `percentile_99`, one number a layer along the second axis. NaN where there is none: for
 * SCL, whose values are classes, and for layers without any data.
 */
export function statisticsAttributes(statistics: readonly BandStatistics[]): DatasetAttributes {
  const byName = new Map(statistics.map((layer) => [layer.name, layer]))
  const ofLayers = (
    names: readonly string[],
    number: (layer: BandStatistics) => number | null,
  ): Float64Array =>
    Float64Array.from(names, (name) => {
      const layer = byName.get(name)
      return (layer === undefined ? null : number(layer)) ?? NaN
    })
  return Object.fromEntries(
    Object.entries(LAYERS).map(([dataset, names]) => [
      dataset,
      {
        valid_count: ofLayers(names, ({ count }) => count),
        mean: ofLayers(names, (layer) => (layer.kind === 'continuous' ? layer.mean : null)),
        standard_deviation: ofLayers(names, (layer) =>
          layer.kind === 'continuous' ? layer.standardDeviation : null,
        ),
        minimum: ofLayers(names, (layer) => (layer.kind === 'continuous' ? layer.minimum : null)),
        maximum: ofLayers(names, (layer) => (layer.kind === 'continuous' ? layer.maximum : null)),
        percentile_1: ofLayers(names, (layer) => percentileOf(layer, 1)),
        percentile_99: ofLayers(names, (layer) => percentileOf(layer, 99)),
      },
    ]),
  )
}

function percentileOf(layer: BandStatistics, percent: number): number | null {
  if (layer.kind !== 'continuous') return null
  return layer.percentiles.find((percentile) => percentile.percent === percent)?.value ?? null
}
