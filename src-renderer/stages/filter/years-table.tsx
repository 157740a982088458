import { SegmentedControl, Text } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { SPLITS, type Split } from '../../../src-shared/footprint/footprint'
import type { Settings } from '../../../src-shared/settings/settings'
import { formatCount } from '../../parts/format'
import { FilterRow } from './filter-row'
import { changeFilter, draftedSettings } from './filter-store'
import type { RowProps } from './limit-rows'
import { splitOf, withYear } from './years'
import classes from './years-table.module.css'

/** Which year of acquisition goes to which split, with the footprints that pass the filters. */
export function YearsTable({ project, counts }: RowProps): ReactNode {
  const { settings } = project
  return (
    <FilterRow title="Years" filters={['years']}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Year</th>
            <th scope="col">Pass the filters</th>
            <th scope="col">Split</th>
          </tr>
        </thead>
        <tbody>
          {yearsOf(counts.years, settings).map((year) => (
            <tr key={year}>
              <th scope="row">{year}</th>
              <td>{formatCount(counts.years.find((entry) => entry.year === year)?.others ?? 0)}</td>
              <td>
                <SplitChoice year={year} split={splitOf(year, settings)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {settings.splitBlocks === null ? null : (
        <Text size="xs">
          Spatial blocks split the footprints of all train and test years; see Keep the splits apart in
          Subset.
        </Text>
      )}
    </FilterRow>
  )
}

/** The years of the granules, and those that the settings name. */
function yearsOf(found: RowProps['counts']['years'], { trainYears, testYears }: Settings): number[] {
  const years = new Set([...found.map(({ year }) => year), ...trainYears, ...testYears])
  return [...years].toSorted((a, b) => a - b)
}

const CHOICES = [
  { value: 'train', label: 'Train' },
  { value: 'test', label: 'Test' },
  { value: 'none', label: 'None' },
] as const

/** Apart from the table, so that new counts leave it alone. */
const SplitChoice = memo(function SplitChoice({
  year,
  split,
}: {
  year: number
  split: Split | null
}): ReactNode {
  return (
    <SegmentedControl
      aria-label={`Split of ${year}`}
      data={CHOICES.map(({ value, label }) => ({ value, label }))}
      value={split ?? 'none'}
      onChange={(chosen) => {
        const settings = draftedSettings()
        const wanted = SPLITS.find((each) => each === chosen) ?? null
        if (settings !== null) changeFilter(withYear(settings, year, wanted))
      }}
    />
  )
})
