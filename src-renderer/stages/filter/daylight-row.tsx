import { SegmentedControl } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import type { Settings } from '../../../src-shared/settings/settings'
import { formatNumber } from '../../parts/format'
import { FilterRow } from './filter-row'
import { changeFilter } from './filter-store'
import { LimitHistogram, MissingColumn, type RowProps } from './limit-rows'

const CHOICES = [
  { value: 'any', label: 'Any' },
  { value: 'day', label: 'Day' },
  { value: 'night', label: 'Night' },
] as const

/** Day or night, by the elevation of the Sun. */
export function DaylightRow({ project, counts }: RowProps): ReactNode {
  const { daylight } = project.settings
  return (
    <FilterRow title="Day or night" unit="solar elevation, °" filters={['daylight']}>
      <LimitHistogram
        name="solar-elevation"
        label="Solar elevation"
        counts={counts}
        limits={{ low: daylight === 'day' ? 0 : null, high: daylight === 'night' ? 0 : null }}
        thumbs="none"
        step={1}
        words={(value) => `${formatNumber(value, 3)}°`}
        onMove={() => undefined}
      />
      <DaylightChoice daylight={daylight} />
      <MissingColumn counts={counts} column="solar_elevation" />
    </FilterRow>
  )
}

/** Apart from the row, so that new counts leave it alone. */
const DaylightChoice = memo(function DaylightChoice({
  daylight,
}: {
  daylight: Settings['daylight']
}): ReactNode {
  return (
    <SegmentedControl
      mt={4}
      aria-label="Day or night"
      data={CHOICES.map(({ value, label }) => ({ value, label }))}
      value={daylight}
      onChange={(chosen) =>
        changeFilter({ daylight: CHOICES.find(({ value }) => value === chosen)?.value ?? 'any' })
      }
    />
  )
})
