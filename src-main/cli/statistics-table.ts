import type {
  BandStatistics,
  ClassStatistics,
  ContinuousStatistics,
} from '../../src-shared/dataset/statistics'

/** Statistics of a dataset as a table for people: one line a band, then the shares of classes. */
export function statisticsTable(statistics: readonly BandStatistics[]): string {
  const continuous = statistics.filter((entry) => entry.kind === 'continuous')
  const classes = statistics.filter((entry) => entry.kind === 'classes')
  return [...bandLines(continuous), ...classes.flatMap(classLines)].join('\n') + '\n'
}

function bandLines(bands: readonly ContinuousStatistics[]): string[] {
  const percents = bands.at(0)?.percentiles.map(({ percent }) => `p${percent}`) ?? []
  const rows = [
    ['band', 'count', 'mean', 'std', 'min', ...percents, 'max', 'unit'],
    ...bands.map((band) => [
      band.name,
      band.count.toLocaleString('en-US'),
      show(band.mean),
      show(band.standardDeviation),
      show(band.minimum),
      ...band.percentiles.map(({ value }) => show(value)),
      show(band.maximum),
      band.unit,
    ]),
  ]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column])
          : cell.padStart(widths[column]),
      )
      .join('  ')
      .trimEnd(),
  )
}

function classLines({ name, classes }: ClassStatistics): string[] {
  const shown = classes.filter(({ pixels }) => pixels > 0)
  return [
    '',
    `${name}:`,
    ...shown.map(
      ({ value, label, share }) =>
        `  ${String(value).padStart(3)} ${label.padEnd(26)} ${(100 * share).toFixed(2)} %`,
    ),
  ]
}

function show(value: number | null): string {
  return value === null ? '-' : value.toFixed(Math.abs(value) < 1000 ? 2 : 1)
}
