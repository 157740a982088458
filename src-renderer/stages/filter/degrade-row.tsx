import { Checkbox } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { formatCount, shortCount } from '../../parts/format'
import { FilterRow } from './filter-row'
import classes from './filter-row.module.css'
import { changeFilter, draftedSettings, useFilter } from './filter-store'
import { MissingColumn, type RowProps } from './limit-rows'

/** Which values of the degrade flag; none named in the settings stands for all. */
export function DegradeRow({ project, counts }: RowProps): ReactNode {
  const { degradeFlags } = project.settings
  const values = choices(counts.degradeFlags, degradeFlags)
  const chosen = degradeFlags.length === 0 ? values : degradeFlags
  return (
    <FilterRow title="Degrade flag" filters={['degrade-flag']}>
      {values.length === 0 ? <p className={classes.note}>No footprint has this value.</p> : null}
      <div className={classes.values} role="group" aria-label="Degrade flags">
        {values.map((value) => {
          const others = counts.degradeFlags.find((entry) => entry.value === value)?.others ?? 0
          return (
            <div key={value} className={classes.value}>
              <DegradeToggle
                value={value}
                checked={chosen.includes(value)}
                last={chosen.length === 1 && chosen[0] === value}
              />
              <span className={classes.note} title={`${formatCount(others)} footprints`}>
                {shortCount(others)}
              </span>
            </div>
          )
        })}
      </div>
      <MissingColumn counts={counts} column="degrade_flag" />
    </FilterRow>
  )
}

interface DegradeToggleProps {
  value: number
  checked: boolean
  /** The last value cannot be turned off: none would stand for all. */
  last: boolean
}

/** Apart from the row, so that new counts leave it alone. */
const DegradeToggle = memo(function DegradeToggle({ value, checked, last }: DegradeToggleProps): ReactNode {
  return (
    <Checkbox
      size="xs"
      label={String(value)}
      aria-label={`Degrade flag ${value}`}
      checked={checked}
      disabled={last}
      onChange={() => toggle(value)}
    />
  )
})

function toggle(value: number): void {
  const settings = draftedSettings()
  if (settings === null) return
  const values = choices(useFilter.getState().counts?.degradeFlags ?? [], settings.degradeFlags)
  const chosen = settings.degradeFlags.length === 0 ? values : settings.degradeFlags
  const next = values.filter((other) => chosen.includes(other) !== (other === value))
  changeFilter({ degradeFlags: next.length === values.length ? [] : next })
}

/** The values that occur, and those that the settings name. */
function choices(occurring: readonly { value: number }[], named: readonly number[]): number[] {
  return [...new Set([...occurring.map(({ value }) => value), ...named])].toSorted((a, b) => a - b)
}
