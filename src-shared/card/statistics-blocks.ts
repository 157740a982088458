import type { BandStatistics, ClassStatistics, ContinuousStatistics } from '../dataset/statistics'
import type { Card } from './card'
import type { CardBlock } from './card-blocks'
import { cardCount, cardShare, cardValue } from './card-numbers'

/** The statistics of the train split, layer by layer. */
export function statisticsBlocks({ statistics }: Card): CardBlock[] {
  if (statistics === null) return [{ kind: 'text', text: 'statistics.json is not there or cannot be read.' }]
  const layers = statistics.statistics
  const isContinuous = (layer: BandStatistics): layer is ContinuousStatistics => layer.kind === 'continuous'
  const isClasses = (layer: BandStatistics): layer is ClassStatistics => layer.kind === 'classes'
  return [
    {
      kind: 'text',
      text: `Of all pixels of the ${cardCount(statistics.samples)} samples of the train split, those without data left out. statistics.json has them in full; all data are normalised by them.`,
    },
    bandTable(layers.filter(isContinuous)),
    ...layers.filter(isClasses).map(classTable),
  ]
}

function bandTable(bands: readonly ContinuousStatistics[]): CardBlock {
  const percents = bands.at(0)?.percentiles.map(({ percent }) => `${percent} %`) ?? []
  return {
    kind: 'table',
    caption: 'Layers of the train split',
    columns: ['Layer', 'Unit', 'Values', 'Mean', 'Std. dev.', 'Min', ...percents, 'Max'],
    rows: bands.map((band) => [
      band.name,
      band.unit,
      cardCount(band.count),
      ...[band.mean, band.standardDeviation, band.minimum].map(cardValue),
      ...band.percentiles.map(({ value }) => cardValue(value)),
      cardValue(band.maximum),
    ]),
  }
}

function classTable({ name, count, classes }: ClassStatistics): CardBlock {
  return {
    kind: 'table',
    caption: `Pixels of the train split by class of ${name}`,
    columns: ['Class', 'Pixels', 'Share'],
    rows: classes
      .filter(({ pixels }) => pixels > 0)
      .map(({ value, label, pixels }) => [`${value} ${label}`, cardCount(pixels), cardShare(pixels, count)]),
  }
}
