import { Skeleton } from '@mantine/core'
import { lazy, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { Colouring } from '../map/colour-by'
import type { MapPicture } from '../map/engine/map-style'
import { wrapLongitude, type Bounds, type Place } from '../map/geometry'
import type { MapActions } from '../map/map-canvas'
import { usePalette } from '../map/palette'
import classes from './patch-map.module.css'

const MapCanvas = lazy(() => import('../map/map-canvas'))

/** What is shown around the footprint, degrees to each side: enough for a coast or a border to tell where one is. */
const AROUND = { lon: 3, lat: 2 }
const ID = 'patch'
const DELAY_MS = 200
const COLOURING: Colouring = {
  layer: 'subset',
  colourBy: 'state',
  logAgbd: false,
  showDropped: false,
  only: null,
}
const ignore = (): void => undefined

/** A small map with the place of a footprint among coasts and borders. */
export function PatchMap({ lon, lat }: Place): ReactNode {
  const palette = usePalette()
  const due = useDue()
  const [actions, setActions] = useState<MapActions | null>(null)
  const bounds = useMemo(() => boundsAround({ lon, lat }), [lon, lat])
  const place = useMemo(() => ({ lon, lat }), [lon, lat])
  const picture = useMemo<MapPicture>(
    () => ({ palette, colouring: COLOURING, tiles: null, latitude: lat, scenes: [] }),
    [palette, lat],
  )
  useEffect(() => actions?.fit(bounds, false), [actions, bounds])
  return (
    <div className={classes.map}>
      <Suspense fallback={<Skeleton h="100%" radius={0} />}>
        {due ? (
          <MapCanvas
            id={ID}
            label="Map with the footprint"
            picture={picture}
            bounds={bounds}
            box={null}
            selected={place}
            drawing={false}
            onPick={ignore}
            onBox={ignore}
            onRest={ignore}
            onReady={setActions}
          />
        ) : (
          <Skeleton h="100%" radius={0} />
        )}
      </Suspense>
      <span className={classes.credit}>Natural Earth</span>
    </div>
  )
}

/** Whether it is time to draw the map: a moment after the pictures, which are not to wait for it. */
function useDue(): boolean {
  const [due, setDue] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), DELAY_MS)
    return () => clearTimeout(timer)
  }, [])
  return due
}

function boundsAround({ lon, lat }: Place): Bounds {
  return {
    west: wrapLongitude(lon - AROUND.lon),
    east: wrapLongitude(lon + AROUND.lon),
    south: Math.max(-85, lat - AROUND.lat),
    north: Math.min(85, lat + AROUND.lat),
  }
}
