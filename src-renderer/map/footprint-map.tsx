import { Skeleton, VisuallyHidden } from '@mantine/core'
import { lazy, memo, Suspense, useCallback, useMemo, useState, type ReactNode } from 'react'
import type { SceneOutline } from '../../src-shared/api/inspection'
import { tileTemplate } from '../../src-shared/api/data-routes'
import type { ExploreLayer } from '../../src-shared/explore/layers'
import type { StateCounts } from '../../src-shared/explore/states'
import type { BoundingBox } from '../../src-shared/settings/field'
import { useStudio } from '../stores/studio-store'
import type { ColourBy, Colouring, ShownState } from './colour-by'
import type { MapPicture } from './engine/map-style'
import type { Picked } from './engine/picked'
import classes from './footprint-map.module.css'
import type { Bounds } from './geometry'
import { MapButtons } from './map-buttons'
import type { MapActions } from './map-canvas'
import { MapLegend } from './map-legend'
import { MapToolbar } from './map-toolbar'
import { changeMapView, mapViewName, useMapView, type MapView } from './map-view-store'
import { usePalette } from './palette'
import { PickedCard } from './picked-card'
import { shownWords } from './shown-words'

const MapCanvas = lazy(() => import('./map-canvas'))

export interface FootprintMapProps {
  /** Name under which place and colours are remembered: one for each map of the window. */
  id: string
  /** Name for those who do not see it: "Map of the footprints". */
  label: string
  layer: ExploreLayer
  /** Tiles of another revision are loaded anew; null: there are no footprints to show yet. */
  revision: string | null
  /** Where the footprints lie; the map begins there. */
  bounds: Bounds | null
  /** One or two sentences that say the same as the picture: "Kept 1,204 of 9,810 footprints." */
  summary: string
  /** What the colours can stand for; the first is what the map begins with. */
  colours: readonly ColourBy[]
  /** Whether dropped footprints can be shown. */
  droppable?: boolean
  /** Outlines that can be shown over the map. */
  scenes?: readonly SceneOutline[]
  /** Counts beside the states of the legend. */
  states?: StateCounts | null
  /** Only footprints of this state are shown; null: all. */
  only?: ShownState | null
  /** The legend begins folded, where the same colours are explained beside the map. */
  legendFolded?: boolean
  /** Whether the split shown is that of the years, and not the one that the tables get. */
  splitByYear?: boolean
  /** The chosen box; boxes can be drawn where `onBox` is given. */
  box?: BoundingBox | null
  onBox?: (box: BoundingBox | null) => void
}

const NO_SCENES: readonly SceneOutline[] = []

/**
 * The map of footprints with all that belongs to it: colours, legend, box tool, record of a footprint. It fills its
 * parent, which gives it a height. Everything it can do is also a button, and `summary` stands for the picture.
 */
export const FootprintMap = memo(function FootprintMap(props: FootprintMapProps): ReactNode {
  const {
    id,
    label,
    layer,
    revision,
    bounds,
    summary,
    colours,
    droppable = false,
    only = null,
    box = null,
  } = props
  const folder = useStudio(({ state }) => state?.project?.folder ?? '')
  const name = mapViewName(folder, id)
  const view = useMapView(name)
  const palette = usePalette()
  const [actions, setActions] = useState<MapActions | null>(null)
  const [picked, setPicked] = useState<Picked | null>(null)
  const [drawing, setDrawing] = useState(false)
  const [shown, setShown] = useState<Bounds | null>(null)

  const colourBy = view.colourBy ?? colours[0]
  const showDropped = droppable && view.showDropped
  const colouring = useMemo<Colouring>(
    () => ({ layer, colourBy, logAgbd: view.logAgbd, showDropped, only }),
    [layer, colourBy, view.logAgbd, showDropped, only],
  )
  const outlines = view.showScenes && props.scenes !== undefined ? props.scenes : NO_SCENES
  const latitude = bounds === null ? 0 : (bounds.south + bounds.north) / 2
  const picture = useMemo<MapPicture>(
    () => ({
      palette,
      colouring,
      tiles:
        revision === null ? null : absolute(tileTemplate(layer, encodeURIComponent(revision), showDropped)),
      latitude,
      scenes: outlines,
    }),
    [palette, colouring, revision, layer, showDropped, latitude, outlines],
  )
  const { onBox } = props
  const takeBox = useCallback(
    (drawn: BoundingBox) => {
      setDrawing(false)
      onBox?.(drawn)
    },
    [onBox],
  )
  const changeView = useCallback((change: Partial<MapView>) => changeMapView(name, change), [name])
  const close = useCallback(() => setPicked(null), [])

  return (
    <div className={classes.map}>
      <MapToolbar
        colours={colours}
        colourBy={colourBy}
        logAgbd={view.logAgbd}
        showDropped={droppable ? view.showDropped : null}
        showScenes={props.scenes === undefined ? null : view.showScenes}
        onChange={changeView}
      />
      <div className={classes.canvas}>
        <Suspense fallback={<Skeleton h="100%" radius={0} />}>
          <MapCanvas
            id={name}
            label={label}
            picture={picture}
            bounds={bounds}
            box={box}
            selected={picked?.kind === 'footprint' ? picked.place : view.marked}
            drawing={drawing && onBox !== undefined}
            onPick={setPicked}
            onBox={takeBox}
            onRest={setShown}
            onReady={setActions}
          />
        </Suspense>
        <MapButtons
          actions={actions}
          bounds={bounds}
          drawing={onBox === undefined ? null : drawing}
          onDrawing={setDrawing}
        />
        <MapLegend
          colouring={colouring}
          states={props.states ?? null}
          folded={props.legendFolded ?? false}
          splitByYear={props.splitByYear ?? false}
        />
        <span className={classes.credit}>Natural Earth</span>
        {picked === null ? null : (
          <PickedCard
            key={picked.kind === 'footprint' ? picked.row : 'square'}
            layer={layer}
            splitByYear={props.splitByYear ?? false}
            picked={picked}
            onClose={close}
            onApproach={actions === null ? null : () => actions.approach(picked.place)}
          />
        )}
        <VisuallyHidden role="status">
          {summary} {shown === null ? '' : shownWords(shown)}
        </VisuallyHidden>
      </div>
    </div>
  )
})

/** An address of the page's own server in full; {z}, {x} and {y} in it stay as they are. */
function absolute(path: string): string {
  return new URL('.', window.location.href).href + path
}
