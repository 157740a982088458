import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowsMaximize, IconCrosshair, IconMinus, IconPlus, IconSquareDashed } from '@tabler/icons-react'
import { memo, type ReactNode } from 'react'
import classes from './footprint-map.module.css'
import type { Bounds } from './geometry'
import type { MapActions } from './map-canvas'

interface MapButtonsProps {
  /** null while the map is not there. */
  actions: MapActions | null
  bounds: Bounds | null
  /** Whether a drag draws a box; null where boxes cannot be drawn. */
  drawing: boolean | null
  onDrawing: (drawing: boolean) => void
}

/** What the pointer does on the map, as buttons. */
export const MapButtons = memo(function MapButtons({
  actions,
  bounds,
  drawing,
  onDrawing,
}: MapButtonsProps): ReactNode {
  const buttons = [
    { label: 'Zoom in', icon: IconPlus, run: () => actions?.zoomIn() },
    { label: 'Zoom out', icon: IconMinus, run: () => actions?.zoomOut() },
    {
      label: 'Show all footprints',
      icon: IconArrowsMaximize,
      run: () => {
        if (bounds !== null) actions?.fit(bounds, true)
      },
    },
    { label: 'Footprint at the centre', icon: IconCrosshair, run: () => actions?.pickCentre() },
  ]
  return (
    <div className={classes.buttons} role="group" aria-label="Map buttons">
      {buttons.map(({ label, icon: Icon, run }) => (
        <Tooltip key={label} label={label} position="left" withinPortal={false}>
          <ActionIcon
            variant="default"
            size={28}
            aria-label={label}
            disabled={actions === null}
            onClick={run}
          >
            <Icon size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ))}
      {drawing === null ? null : (
        <Tooltip label="Draw a box (or drag with Shift)" position="left" withinPortal={false}>
          <ActionIcon
            variant={drawing ? 'filled' : 'default'}
            size={28}
            aria-label="Draw a box"
            aria-pressed={drawing}
            disabled={actions === null}
            onClick={() => onDrawing(!drawing)}
          >
            <IconSquareDashed size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  )
})
