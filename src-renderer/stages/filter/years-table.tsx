import { SegmentedControl, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { SPLITS, type Split } from '../../../src-shared/footprint/footprint'
import type { Settings } from '../../../src-shared/settings/settings'
import { formatCount } from '../../parts/format'
import { FilterRow } from './filter-row'
import type { FilterChange } from './filter-settings'
import { changeFilter } from './filter-store'
import type { RowProps } from './limit-rows'
import classes from './years-table.module.css'

const CHOICES = [
  { value: 'train', label: 'Train' },
  { value: 'test', label: 'Test' },
  { value: 'none', label: 'None' },
] as const

/** Which year of acquisition goes to which split, with the footprints that pass the filters. */
export function YearsTable({ project, counts }: RowProps): ReactNode {
  const { settings } = project
  const named = [...settings.trainYears, ...settings.testYears]
  const years = [...new Set([...counts.years.map(({ year }) => year), ...named])].toSorted((a, b) => a - b)
  return (
    <FilterRow title="Years" filters={['years']}>
      <Table className={classes.table} verticalSpacing={4} horizontalSpacing={0}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Year</Table.Th>
            <Table.Th scope="col" ta="right">
              Pass the filters
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Split
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {years.map((year) => (
            <Table.Tr key={year}>
              <Table.Th scope="row">{year}</Table.Th>
              <Table.Td ta="right">
                {formatCount(counts.years.find((entry) => entry.year === year)?.others ?? 0)}
              </Table.Td>
              <Table.Td ta="right">
                <SegmentedControl
                  aria-label={`Split of ${year}`}
                  data={CHOICES.map(({ value, label }) => ({ value, label }))}
                  value={splitOf(year, settings) ?? 'none'}
                  onChange={(chosen) =>
                    changeFilter(withYear(settings, year, SPLITS.find((split) => split === chosen) ?? null))
                  }
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </FilterRow>
  )
}

function splitOf(year: number, { trainYears, testYears }: Settings): Split | null {
  if (trainYears.includes(year)) return 'train'
  return testYears.includes(year) ? 'test' : null
}

/** The change that puts a year into a split, or into none. */
export function withYear(settings: Settings, year: number, split: Split | null): FilterChange {
  const years = (of: readonly number[], isIts: boolean): number[] =>
    [...of.filter((other) => other !== year), ...(isIts ? [year] : [])].toSorted((a, b) => a - b)
  return {
    trainYears: years(settings.trainYears, split === 'train'),
    testYears: years(settings.testYears, split === 'test'),
  }
}
