import { Button, Checkbox } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { BEAMS } from '../../../src-shared/settings/footprint-settings'
import { formatCount } from '../../parts/format'
import { beamsOf, COVERAGE_BEAMS, FULL_POWER_BEAMS, settingOfBeams, toggled, type Beam } from './beams'
import classes from './beams-row.module.css'
import { FilterRow } from './filter-row'
import { changeFilter, draftedSettings } from './filter-store'
import type { RowProps } from './limit-rows'

/** Which of the eight beams, with their shares of what passes the other filters. */
export function BeamsRow({ project, counts }: RowProps): ReactNode {
  const chosen = beamsOf(project.settings.beams)
  const most = counts.beams.reduce((largest, { others }) => Math.max(largest, others), 1)
  return (
    <FilterRow title="Beams" filters={['beams']}>
      <div className={classes.beams} role="group" aria-label="Beams">
        {BEAMS.map((beam) => {
          const found = counts.beams.find((entry) => entry.beam === beam)
          const { others, kept } = found ?? { others: 0, kept: 0 }
          return (
            <div key={beam}>
              <BeamToggle
                beam={beam}
                checked={chosen.includes(beam)}
                last={chosen.length === 1 && chosen[0] === beam}
              />
              <svg
                className={classes.share}
                viewBox="0 0 1 1"
                preserveAspectRatio="none"
                role="img"
                aria-label={`${formatCount(kept)} of ${formatCount(others)} footprints`}
              >
                <rect className={classes.others} width={others / most} height={1} />
                <rect className={classes.kept} width={kept / most} height={1} />
              </svg>
            </div>
          )
        })}
      </div>
      <BeamGroups />
    </FilterRow>
  )
}

interface BeamToggleProps {
  beam: Beam
  checked: boolean
  /** The last beam cannot be turned off: none would stand for all. */
  last: boolean
}

/** Apart from the row, as the buttons below, so that new counts leave it alone. */
const BeamToggle = memo(function BeamToggle({ beam, checked, last }: BeamToggleProps): ReactNode {
  return (
    <Checkbox
      size="xs"
      label={beam.slice('BEAM'.length)}
      aria-label={beam}
      checked={checked}
      disabled={last}
      onChange={() => {
        const settings = draftedSettings()
        if (settings !== null) changeFilter({ beams: settingOfBeams(toggled(beamsOf(settings.beams), beam)) })
      }}
    />
  )
})

const GROUPS = [
  { label: 'All', beams: BEAMS },
  { label: 'Coverage', beams: COVERAGE_BEAMS },
  { label: 'Full power', beams: FULL_POWER_BEAMS },
] as const

const BeamGroups = memo(function BeamGroups(): ReactNode {
  return (
    <div className={classes.groups}>
      {GROUPS.map(({ label, beams }) => (
        <Button
          key={label}
          size="compact-xs"
          variant="default"
          aria-label={`${label} beams`}
          onClick={() => changeFilter({ beams: settingOfBeams(beams) })}
        >
          {label}
        </Button>
      ))}
    </div>
  )
})
