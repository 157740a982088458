import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Ramp } from '../../src-shared/patches/ramps'
import { formatNumber } from '../parts/format'
import type { Legend, LegendClass } from './legend'
import classes from './legend-view.module.css'

/** The legend of a picture, of the same height for pictures of one kind. */
export function LegendView({ legend }: { legend: Legend }): ReactNode {
  switch (legend.kind) {
    case 'composite':
      return <CompositeLegend bands={legend.bands} range={legend.range} />
    case 'ramp':
      return <RampLegend {...legend} />
    case 'classes':
      return <ClassLegend entries={legend.classes} />
  }
}

function CompositeLegend({ bands, range }: Omit<Extract<Legend, { kind: 'composite' }>, 'kind'>): ReactNode {
  return (
    <Text size="xs" c="dimmed" className={classes.text}>
      {`Red ${bands[0]}, green ${bands[1]}, blue ${bands[2]}. `}
      {range === null
        ? '2nd to 98th percentile of each band.'
        : `Reflectance ${formatNumber(range.low)} to ${formatNumber(range.high)}.`}
    </Text>
  )
}

function RampLegend({ ramp, range, unit }: Omit<Extract<Legend, { kind: 'ramp' }>, 'kind'>): ReactNode {
  const withUnit = (value: number): string => `${formatNumber(value)}${unit === '' ? '' : ` ${unit}`}`
  return (
    <div>
      <div className={classes.ramp} style={{ backgroundImage: gradient(ramp) }} />
      <Group justify="space-between" gap="xs" wrap="nowrap">
        {[range.low, range.high].map((end, i) => (
          <Text key={i} size="xs" c="dimmed" className={classes.text}>
            {withUnit(end)}
          </Text>
        ))}
      </Group>
    </div>
  )
}

function gradient(ramp: Ramp): string {
  return `linear-gradient(to right, ${ramp.join(', ')})`
}

function ClassLegend({ entries }: { entries: readonly LegendClass[] }): ReactNode {
  return (
    <ul className={classes.classes}>
      {entries.map(({ name, colour, share }) => (
        <li key={name}>
          <span className={classes.swatch} style={{ background: colour ?? 'transparent' }} />
          <span className={classes.name}>{name}</span>
          <span className={classes.share}>{percent(share)}</span>
        </li>
      ))}
    </ul>
  )
}

/** A share to whole percents; less than one is said so. */
function percent(share: number): string {
  return share < 0.005 ? 'under 1 %' : `${Math.round(100 * share)} %`
}
