import { expect, it } from 'vitest'
import { seriesTable, toCsv } from './chart-table'

it('the CSV has a header with units and a line for each place on the axis', () => {
  const table = seriesTable(
    { name: 'Day of the year' },
    [1, 2],
    [
      { label: 'Before', values: [10, 20.5] },
      { label: 'After', values: [3, 0] },
    ],
    'footprints',
  )
  expect(toCsv(table)).toBe(
    'Day of the year,Before (footprints),After (footprints)\r\n1,10,3\r\n2,20.5,0\r\n',
  )
})

it('commas, quotes and line ends inside a cell are kept', () => {
  const csv = toCsv({ columns: [{ name: 'What, "where"' }], rows: [['one\ntwo'], ['plain']] })
  expect(csv).toBe('"What, ""where"""\r\n"one\ntwo"\r\nplain\r\n')
})
