import { Group, NativeSelect, Switch } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import { COLOUR_BY_LABELS, type ColourBy } from './colour-by'
import classes from './footprint-map.module.css'
import type { MapView } from './map-view-store'

interface MapToolbarProps {
  colours: readonly ColourBy[]
  colourBy: ColourBy
  logAgbd: boolean
  /** null: cannot be shown on this map. */
  showDropped: boolean | null
  showScenes: boolean | null
  onChange: (change: Partial<MapView>) => void
}

/** What the map shows and in which colours. */
export const MapToolbar = memo(function MapToolbar(props: MapToolbarProps): ReactNode {
  const { colours, colourBy, logAgbd, showDropped, showScenes, onChange } = props
  return (
    <Group className={classes.toolbar} gap="md" role="group" aria-label="Map options">
      <label className={classes.choice}>
        Colour by
        <NativeSelect
          size="xs"
          value={colourBy}
          onChange={({ currentTarget }) =>
            onChange({ colourBy: colours.find((choice) => choice === currentTarget.value) ?? colours[0] })
          }
          data={colours.map((value) => ({ value, label: COLOUR_BY_LABELS[value] }))}
        />
      </label>
      {colourBy === 'agbd' ? (
        <Switch
          size="xs"
          label="Logarithmic"
          checked={logAgbd}
          onChange={({ currentTarget }) => onChange({ logAgbd: currentTarget.checked })}
        />
      ) : null}
      {showDropped === null ? null : (
        <Switch
          size="xs"
          label="Show dropped"
          checked={showDropped}
          onChange={({ currentTarget }) => onChange({ showDropped: currentTarget.checked })}
        />
      )}
      {showScenes === null ? null : (
        <Switch
          size="xs"
          label="Scene outlines"
          checked={showScenes}
          onChange={({ currentTarget }) => onChange({ showScenes: currentTarget.checked })}
        />
      )}
    </Group>
  )
})
