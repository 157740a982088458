import type { Benchmark, Figure } from './benchmark'

/** Writes a line of text. */
export type Print = (line: string) => void

/** Prints the figures of a benchmark as a table: what, value, comparison, ratio, aim. */
export function printFigures({ title }: Benchmark, figures: readonly Figure[], print: Print): void {
  print(`\n${title}`)
  const rows = figures.map(cells)
  if (rows.length === 0) {
    print('  left out')
    return
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  for (const [index, row] of rows.entries()) {
    const line = row.map((cell, column) =>
      column === 1 || column === 3 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]),
    )
    const { note } = figures[index]
    print(`  ${line.join('  ')}${note === undefined ? '' : `  (${note})`}`.trimEnd())
  }
}

function cells({ what, value, unit, compared, ratio, aim }: Figure): string[] {
  return [
    what,
    `${short(value)} ${unit}`,
    compared === undefined ? '' : `${compared.by} ${short(compared.value)} ${unit}`,
    ratio === undefined ? '' : `${short(ratio)} x`,
    aim === undefined ? '' : `aim ${aim.text}: ${aim.met ? 'met' : 'MISSED'}`,
  ]
}

/** A number with three digits that count. */
export function short(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en')
  return value.toPrecision(3)
}
