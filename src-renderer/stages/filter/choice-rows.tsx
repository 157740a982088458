import { Button, Checkbox, SegmentedControl, Switch, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { BEAMS } from '../../../src-shared/settings/footprint-settings'
import { formatCount, formatNumber, shortCount } from '../../parts/format'
import { beamsOf, COVERAGE_BEAMS, FULL_POWER_BEAMS, settingOfBeams, toggled } from './beams'
import classes from './choice-rows.module.css'
import { FilterRow } from './filter-row'
import { changeFilter } from './filter-store'
import { LimitHistogram, MissingColumn, type RowProps } from './limit-rows'

const DAYLIGHT = [
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
      <SegmentedControl
        mt={4}
        aria-label="Day or night"
        data={DAYLIGHT.map(({ value, label }) => ({ value, label }))}
        value={daylight}
        onChange={(chosen) =>
          changeFilter({ daylight: DAYLIGHT.find(({ value }) => value === chosen)?.value ?? 'any' })
        }
      />
      <MissingColumn counts={counts} column="solar_elevation" />
    </FilterRow>
  )
}

/** Which of the eight beams. */
export function BeamsRow({ project, counts }: RowProps): ReactNode {
  const chosen = beamsOf(project.settings.beams)
  const most = counts.beams.reduce((largest, { others }) => Math.max(largest, others), 1)
  return (
    <FilterRow title="Beams" filters={['beams']}>
      <div className={classes.beams} role="group" aria-label="Beams">
        {BEAMS.map((beam) => {
          const found = counts.beams.find((entry) => entry.beam === beam)
          const others = found?.others ?? 0
          const last = chosen.length === 1 && chosen[0] === beam
          return (
            <div key={beam}>
              <Checkbox
                size="xs"
                label={beam.slice('BEAM'.length)}
                aria-label={`${beam}, ${formatCount(others)} footprints`}
                checked={chosen.includes(beam)}
                disabled={last}
                onChange={() => changeFilter({ beams: settingOfBeams(toggled(chosen, beam)) })}
              />
              <Share others={others} kept={found?.kept ?? 0} most={most} />
            </div>
          )
        })}
      </div>
      <div className={classes.presets}>
        {(
          [
            ['All', BEAMS],
            ['Coverage', COVERAGE_BEAMS],
            ['Full power', FULL_POWER_BEAMS],
          ] as const
        ).map(([label, beams]) => (
          <Button
            key={label}
            size="compact-xs"
            variant="default"
            onClick={() => changeFilter({ beams: settingOfBeams(beams) })}
          >
            {label}
          </Button>
        ))}
      </div>
    </FilterRow>
  )
}

/** A thin bar: what passes the other filters, and of it what is kept. */
function Share({ others, kept, most }: { others: number; kept: number; most: number }): ReactNode {
  return (
    <svg className={classes.share} viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden>
      <rect className={classes.others} width={others / most} height={1} />
      <rect className={classes.kept} width={kept / most} height={1} />
    </svg>
  )
}

const FLAGS = [
  { setting: 'requireL2Quality', flag: 'l2', label: 'L2 quality flag is 1' },
  { setting: 'requireL4Quality', flag: 'l4', label: 'L4 quality flag is 1' },
  { setting: 'requireSurface', flag: 'surface', label: 'Surface flag is 1' },
  { setting: 'requirePositiveAgbd', flag: 'positive', label: 'AGBD is above zero' },
] as const

/** The flags that are asked for, with what each of them would leave out of what passes the others. */
export function FlagsRow({ project, counts }: RowProps): ReactNode {
  return (
    <FilterRow title="Quality" filters={['l2-quality', 'l4-quality', 'surface', 'agbd-positive']}>
      {FLAGS.map(({ setting, flag, label }) => (
        <div key={setting} className={classes.flag}>
          <Switch
            size="xs"
            label={label}
            checked={project.settings[setting]}
            onChange={({ currentTarget }) => changeFilter({ [setting]: currentTarget.checked })}
          />
          <Text size="xs" c="dimmed" className={classes.number} title={formatCount(counts.flags[flag].fail)}>
            {shortCount(counts.flags[flag].fail)} fail
          </Text>
        </div>
      ))}
    </FilterRow>
  )
}

/** Which values of the degrade flag; none chosen in the settings stands for all. */
export function DegradeRow({ project, counts }: RowProps): ReactNode {
  const { degradeFlags } = project.settings
  const occurring = counts.degradeFlags.map(({ value }) => value)
  const all = [...new Set([...occurring, ...degradeFlags])].toSorted((one, other) => one - other)
  const chosen = degradeFlags.length === 0 ? all : degradeFlags
  const choose = (values: readonly number[]): void =>
    changeFilter({ degradeFlags: values.length === all.length ? [] : [...values] })
  return (
    <FilterRow title="Degrade flag" filters={['degrade-flag']}>
      {all.length === 0 ? (
        <Text size="xs" c="dimmed">
          No footprint has this value.
        </Text>
      ) : (
        <div className={classes.degrade} role="group" aria-label="Degrade flags">
          {all.map((value) => {
            const others = counts.degradeFlags.find((entry) => entry.value === value)?.others ?? 0
            return (
              <Checkbox
                key={value}
                size="xs"
                label={
                  <>
                    {value} <span className={classes.quiet}>{shortCount(others)}</span>
                  </>
                }
                aria-label={`Degrade flag ${value}, ${formatCount(others)} footprints`}
                checked={chosen.includes(value)}
                disabled={chosen.length === 1 && chosen[0] === value}
                onChange={() =>
                  choose(
                    all.filter((other) =>
                      other === value ? !chosen.includes(value) : chosen.includes(other),
                    ),
                  )
                }
              />
            )
          })}
        </div>
      )}
      <MissingColumn counts={counts} column="degrade_flag" />
    </FilterRow>
  )
}
