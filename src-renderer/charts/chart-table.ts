/** A column of a chart's data; the unit stands behind its name in table and CSV. */
export interface ChartColumn {
  name: string
  unit?: string
}

/** The data of a chart as rows: what its table shows and its CSV holds. The first column names the row. */
export interface ChartTable {
  columns: readonly ChartColumn[]
  rows: readonly (readonly (string | number)[])[]
}

/** Counts of one table of footprints along the axis of a chart. */
export interface CountSeries {
  label: string
  /** A CSS colour; tokens are resolved when the chart is saved. */
  colour: string
  /** `ground`: filled and quiet, what there was; `figure`: strong, what came of it. */
  weight: 'ground' | 'figure'
  values: readonly number[]
}

/**
 * The table of some series along one axis.
 * @param axis name of the first column
 * @param names what the rows are called, one for each value of the series
 * @param unit of the values
 */
export function seriesTable(
  axis: ChartColumn,
  names: readonly (string | number)[],
  series: readonly Pick<CountSeries, 'label' | 'values'>[],
  unit: string,
): ChartTable {
  return {
    columns: [axis, ...series.map(({ label }) => ({ name: label, unit }))],
    rows: names.map((name, row) => [name, ...series.map(({ values }) => values[row])]),
  }
}

/** Heading of a column: `AGBD from (Mg/ha)`. */
export function columnHeading({ name, unit }: ChartColumn): string {
  return unit === undefined ? name : `${name} (${unit})`
}

/** The table as CSV (RFC 4180): a header, commas, full precision, lines end with CR LF. */
export function toCsv({ columns, rows }: ChartTable): string {
  const lines = [columns.map(columnHeading), ...rows].map((cells) => cells.map(csvCell).join(','))
  return `${lines.join('\r\n')}\r\n`
}

function csvCell(value: string | number): string {
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
