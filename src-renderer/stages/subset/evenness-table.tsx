import { Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { SPLITS, type Split } from '../../../src-shared/footprint/footprint'
import { formatCount, formatNumber } from '../../parts/format'
import type { SplitTables } from './distributions-store'
import { evenness, type Evenness } from './evenness'
import classes from './subset-stage.module.css'

const ROWS: readonly { label: string; value: (even: Evenness) => string }[] = [
  { label: 'Footprints', value: ({ rows }) => formatCount(rows) },
  { label: 'Days', value: ({ days }) => formatCount(days) },
  { label: 'Fewest', value: ({ smallest }) => formatCount(smallest) },
  { label: 'Median', value: ({ median }) => formatCount(median) },
  { label: 'Most', value: ({ largest }) => formatCount(largest) },
  { label: 'Variation', value: ({ variation }) => `${formatNumber(variation, 2)} %` },
]

const NAMES: Readonly<Record<Split, string>> = { train: 'Train', test: 'Test' }

/** How even the days of the year were before drawing and are after it, in figures. */
export function EvennessTable({ tables }: { tables: Readonly<Record<Split, SplitTables>> }): ReactNode {
  const columns = SPLITS.flatMap((split) => {
    const { combined, subset } = tables[split]
    const available = (combined ?? subset)?.perDay ?? []
    return [
      { split, when: 'before', even: combined === null ? null : evenness(combined.perDay, available) },
      { split, when: 'after', even: subset === null ? null : evenness(subset.perDay, available) },
    ]
  })
  return (
    <>
      <Table
        mt="md"
        className={classes.figures}
        withRowBorders={false}
        verticalSpacing={2}
        horizontalSpacing={4}
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            {SPLITS.map((split) => (
              <Table.Th key={split} scope="colgroup" colSpan={2}>
                {NAMES[split]}
              </Table.Th>
            ))}
          </Table.Tr>
          <Table.Tr>
            <Table.Td />
            {columns.map(({ split, when }) => (
              <Table.Th key={`${split} ${when}`} scope="col" fw={400}>
                {when}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {ROWS.map(({ label, value }) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" fw={400}>
                {label}
              </Table.Th>
              {columns.map(({ split, when, even }) => (
                <Table.Td key={`${split} ${when}`}>{even === null ? 'none' : value(even)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt="sm">
        Fewest, median and most are footprints per day of the year, over the days that have any to choose
        from. Variation is their standard deviation over their mean: 0 % is perfectly even.
      </Text>
    </>
  )
}
