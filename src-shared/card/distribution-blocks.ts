import { WORLDCOVER_LABELS } from '../dataset/worldcover'
import type { Card } from './card'
import type { BarChart, CardBlock } from './card-blocks'
import type { FileFacts, Histogram, Tally } from './card-facts'
import { cardCount, cardDegrees } from './card-numbers'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** How the samples divide up by biomass, time, land cover and slope. */
export function distributionBlocks({ files }: Card): CardBlock[] {
  const lookedAt = files.filter(({ lookedAt: some, samples }) => some < samples)
  return [
    ...histogram(files, ({ agbd }) => agbd, 'Samples by biomass density', 'AGBD'),
    ...series(files, ({ acquired }) => acquired?.months ?? null, {
      ...{ title: 'Samples by month of acquisition', axis: 'Month (UTC)', labels: MONTHS, labelEvery: 1 },
    }),
    ...series(files, ({ acquired }) => acquired?.days ?? null, {
      title: 'Samples by day of the year',
      axis: 'Day of the year (UTC)',
      labels: Array.from({ length: 366 }, (_, day) => String(day + 1)),
      labelEvery: 30,
    }),
    ...tallies(files, ({ acquired }) => acquired?.years ?? null, 'Samples by year of acquisition', 'Year'),
    ...tallies(
      files,
      ({ productYears }) => productYears,
      'Samples by year of the Sentinel-2 product',
      'Year',
    ),
    ...tallies(
      files,
      ({ landCover }) => landCover,
      'Samples by land cover',
      'Class of most pixels',
      landCoverName,
    ),
    ...histogram(files, ({ slope }) => slope, 'Samples by slope at the footprint', 'Slope'),
    ...lookedAt.map(({ name, lookedAt: some, samples }): CardBlock => ({
      kind: 'text',
      text: `Land cover and slope of ${name} are those of ${cardCount(some)} of its ${cardCount(samples)} samples, evenly spread over the file.`,
    })),
  ]
}

/** Where the samples lie, and in which grids. */
export function placeBlocks({ files, map }: Card): CardBlock[] {
  const rows = files.flatMap(({ split, bounds }) =>
    bounds === null
      ? []
      : [[split, ...[bounds.west, bounds.south, bounds.east, bounds.north].map(cardDegrees)]],
  )
  const columns = ['Split', 'West', 'South', 'East', 'North']
  return [
    ...(map === null ? [] : ([{ kind: 'map', map }] as CardBlock[])),
    { kind: 'table', caption: 'Bounding boxes of the footprints, degrees (WGS 84)', columns, rows },
    ...tallies(files, ({ crs }) => crs, 'Samples by coordinate reference system of the window', 'CRS'),
  ]
}

function histogram(
  files: readonly FileFacts[],
  of: (file: FileFacts) => Histogram | null,
  title: string,
  quantity: string,
): CardBlock[] {
  const first = files.map(of).find((found) => found !== null)
  if (first === undefined) return []
  const { unit, width, counts } = first
  const labels = counts.map((_, k) =>
    k === counts.length - 1 ? `${k * width} and more` : `${k * width}–${(k + 1) * width}`,
  )
  return series(files, (file) => of(file)?.counts ?? null, {
    ...{ title, axis: `${quantity} [${unit}]`, labels, labelEvery: 4 },
  })
}

function series(
  files: readonly FileFacts[],
  of: (file: FileFacts) => readonly number[] | null,
  chart: Omit<BarChart, 'series'>,
): CardBlock[] {
  const found = files.flatMap((file) => {
    const counts = of(file)
    return counts === null ? [] : [{ name: file.split, counts }]
  })
  return found.length === 0 ? [] : [{ kind: 'bars', chart: { ...chart, series: found } }]
}

function tallies(
  files: readonly FileFacts[],
  of: (file: FileFacts) => Tally | null,
  caption: string,
  what: string,
  nameOf = (value: string): string => value,
): CardBlock[] {
  const found = files.flatMap((file) => {
    const tally = of(file)
    return tally === null
      ? []
      : [{ split: file.split, counts: new Map(tally.map((t) => [t.value, t.samples])) }]
  })
  const values = [...new Set(files.flatMap((file) => (of(file) ?? []).map(({ value }) => value)))]
  if (values.length === 0) return []
  values.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const rows = values.map((value) => [
    nameOf(value),
    ...found.map(({ counts }) => cardCount(counts.get(value) ?? 0)),
  ])
  return [{ kind: 'table', caption, columns: [what, ...found.map(({ split }) => split)], rows }]
}

function landCoverName(value: string): string {
  return `${value} ${WORLDCOVER_LABELS.get(Number(value)) ?? 'unknown'}`
}
