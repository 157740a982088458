import { DISTANCE_NAMES, distanceText, sharingWords, type Leakage } from '../../src-shared/run/leakage'

const number = (value: number): string => value.toLocaleString('en-US')

/** How near test is to train, as lines for people: the figure, the distances as a table, their median. */
export function leakageLines(leakage: Leakage): string[] {
  const { basis, train, test, distances, median } = leakage
  const source =
    basis === 'samples'
      ? 'samples of the datasets'
      : 'subset tables; windows are estimated until samples are cut'
  const width = Math.max(...DISTANCE_NAMES.map((name) => name.length))
  const counts = distances.map(number)
  const digits = Math.max(...counts.map((count) => count.length))
  return [
    `${sharingWords(leakage)}.`,
    `Measured on ${source}: ${number(train)} train, ${number(test)} test.`,
    'Distance from a test footprint to the nearest train footprint:',
    ...DISTANCE_NAMES.map((name, k) => `  ${name.padEnd(width)}  ${counts[k].padStart(digits)}`),
    median === null ? 'There is no median: a split is empty.' : `Median: ${distanceText(median)}.`,
  ]
}

/** The figure of a run's summary, one line; none where it was not measured or there is nothing to tell. */
export function leakageSummary(leakage: Leakage | null): string[] {
  if (typeof leakage?.median !== 'number') return []
  return [`train and test: ${sharingWords(leakage)}; median distance ${distanceText(leakage.median)}`]
}
