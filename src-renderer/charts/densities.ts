import type { TableDistribution } from '../../src-shared/explore/distribution'

type AgbdCounts = TableDistribution['agbd']

/** The axis ends at a multiple of this, Mg/ha. */
const ROUND = 50

/** All footprints of a histogram, also those outside its bins. */
function total({ counts, below, above }: AgbdCounts): number {
  return counts.reduce((sum, count) => sum + count, below + above)
}

/**
 * A histogram as shares, so that tables of different sizes can be compared.
 * @returns percent of all footprints of the table in each bin; zeros for an empty table
 */
export function shares(agbd: AgbdCounts): number[] {
  const all = total(agbd)
  return agbd.counts.map((count) => (all === 0 ? 0 : (100 * count) / all))
}

/** The end of an axis on which every bin with footprints has its place, Mg/ha. */
export function axisEnd(histograms: readonly AgbdCounts[]): number {
  const ends = histograms.map(({ edges, counts }) => edges[counts.findLastIndex((count) => count > 0) + 1])
  return Math.max(ROUND, Math.ceil(Math.max(0, ...ends) / ROUND) * ROUND)
}

/**
 * What a chart must say that it does not show: footprints beyond the last bin, in the order of its legend.
 * @returns undefined where there are none
 */
export function beyond(histograms: readonly AgbdCounts[]): string | undefined {
  const edge = histograms.at(0)?.edges.at(-1)
  if (edge === undefined || histograms.every(({ above }) => above === 0)) return undefined
  const counts = histograms.map(({ above }) => above.toLocaleString()).join(' and ')
  const order = histograms.length > 1 ? ', in the order of the legend' : ''
  return `Not shown: ${counts} footprints of ${edge} Mg/ha and more${order}.`
}
