import { memo, useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import type { BoundingBox } from '../../src-shared/settings/field'
import { EmptyState } from '../parts/empty-state'
import { MapEngine } from './engine/map-engine'
import type { MapPicture } from './engine/map-style'
import type { Picked } from './engine/picked'
import type { Bounds, Place } from './geometry'
import classes from './map-canvas.module.css'
import { changeMapView, mapView } from './map-view-store'

/** What the buttons around the map can ask of it. */
export type MapActions = Pick<MapEngine, 'fit' | 'zoomIn' | 'zoomOut' | 'approach' | 'pickCentre'>

interface MapCanvasProps {
  /** Name under which the place is remembered. */
  id: string
  label: string
  picture: MapPicture
  bounds: Bounds | null
  box: BoundingBox | null
  selected: Place | null
  drawing: boolean
  onPick: (picked: Picked | null) => void
  onBox: (box: BoundingBox) => void
  onRest: (shown: Bounds) => void
  /** Told when the map can be asked, and with null when it no longer can; must not change from call to call. */
  onReady: (actions: MapActions | null) => void
}

/** The drawn map. It comes with MapLibre and is therefore loaded when it is first shown. */
export default memo(function MapCanvas(props: MapCanvasProps): ReactNode {
  const { id, label, picture, bounds, box, selected, drawing, onReady } = props
  const [engine, setEngine] = useState<MapEngine | null>(null)
  const [impossible, setImpossible] = useState(false)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })

  const attach = useCallback(
    (container: HTMLDivElement) => {
      try {
        const made = new MapEngine(container, {
          label,
          camera: mapView(id).camera,
          picture: latest.current.picture,
          onRest: (camera, shown) => {
            if (camera !== null) changeMapView(id, { camera })
            latest.current.onRest(shown)
          },
          onPick: (picked) => latest.current.onPick(picked),
          onBox: (drawn) => latest.current.onBox(drawn),
        })
        setEngine(made)
        return () => {
          made.destroy()
          setEngine(null)
        }
      } catch {
        setImpossible(true)
        return undefined
      }
    },
    [id, label],
  )

  useEffect(() => onReady(engine), [engine, onReady])
  useEffect(() => engine?.show(picture), [engine, picture])
  useEffect(() => engine?.mark(box, selected), [engine, box, selected])
  useEffect(() => engine?.draw(drawing), [engine, drawing])
  useEffect(() => {
    if (bounds !== null && mapView(id).camera === null) engine?.fit(bounds, false)
  }, [engine, bounds, id])

  if (impossible) {
    return (
      <EmptyState
        title="The map cannot be drawn here"
        text="It needs WebGL 2, which is turned off or missing. All filters and counts work without it."
      />
    )
  }
  return <div ref={attach} className={classes.map} />
})
