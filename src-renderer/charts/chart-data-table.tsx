import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './chart-frame.module.css'
import { columnHeading, type ChartTable } from './chart-table'

interface ChartDataTableProps {
  title: string
  table: ChartTable
  height: number
}

const exact = new Intl.NumberFormat(undefined, { maximumFractionDigits: 4 })

/** The data of a chart to read: scrolls in the place of the drawing. */
export function ChartDataTable({ title, table, height }: ChartDataTableProps): ReactNode {
  return (
    <div className={classes.scroll} style={{ height }} tabIndex={0} role="region" aria-label={title}>
      <Table stickyHeader fz="xs" verticalSpacing={4} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {table.columns.map((column, index) => (
              <Table.Th key={column.name} scope="col" className={index === 0 ? undefined : classes.numbers}>
                {columnHeading(column)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.rows.map(([name, ...values]) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={400}>
                {name}
              </Table.Th>
              {values.map((value, column) => (
                <Table.Td key={table.columns[column + 1].name} className={classes.numbers}>
                  {typeof value === 'number' ? exact.format(value) : value}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
