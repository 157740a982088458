import { Switch } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { formatCount, shortCount } from '../../parts/format'
import { FilterRow } from './filter-row'
import classes from './filter-row.module.css'
import { changeFilter } from './filter-store'
import type { RowProps } from './limit-rows'

const FLAGS = [
  { setting: 'requireL2Quality', flag: 'l2', label: 'L2 quality flag is 1' },
  { setting: 'requireL4Quality', flag: 'l4', label: 'L4 quality flag is 1' },
  { setting: 'requireSurface', flag: 'surface', label: 'Surface flag is 1' },
  { setting: 'requirePositiveAgbd', flag: 'positive', label: 'AGBD is above zero' },
] as const
type Flag = (typeof FLAGS)[number]

/** The flags that are asked for, with what each of them would leave out of what passes the others. */
export function FlagsRow({ project, counts }: RowProps): ReactNode {
  return (
    <FilterRow title="Quality" filters={['l2-quality', 'l4-quality', 'surface', 'agbd-positive']}>
      {FLAGS.map((entry) => {
        const { fail } = counts.flags[entry.flag]
        return (
          <div key={entry.flag} className={classes.flag}>
            <FlagSwitch entry={entry} checked={project.settings[entry.setting]} />
            <span className={classes.note} title={`${formatCount(fail)} footprints`}>
              {shortCount(fail)} fail
            </span>
          </div>
        )
      })}
    </FilterRow>
  )
}

/** Apart from the row, so that new counts leave it alone. */
const FlagSwitch = memo(function FlagSwitch({
  entry: { setting, label },
  checked,
}: {
  entry: Flag
  checked: boolean
}): ReactNode {
  return (
    <Switch
      size="xs"
      label={label}
      checked={checked}
      onChange={({ currentTarget }) => changeFilter({ [setting]: currentTarget.checked })}
    />
  )
})
