import { useMemo, type ReactNode } from 'react'
import type { RecentProject } from '../../../src-shared/api/studio-state'
import { landRings } from './land'
import classes from './start-screen.module.css'
import { landPath, placeIn, surroundingsOf } from './surroundings'

const WIDTH = 96
const HEIGHT = 64

/** Least size of the mark, pixels. */
const LEAST = 6

const rings = landRings()

/** Where a project's footprints lie, among the coasts around them. */
export default function SmallMap({ bounds }: { bounds: NonNullable<RecentProject['bounds']> }): ReactNode {
  const { land, mark } = useMemo(() => {
    const view = surroundingsOf(bounds, WIDTH, HEIGHT)
    const wide = ((bounds.east - bounds.west + 360) % 360) * view.perLon
    const tall = (bounds.north - bounds.south) * view.perLat
    const [x, y] = placeIn(view, view.lon, view.lat)
    const width = Math.max(LEAST, wide)
    const height = Math.max(LEAST, tall)
    return { land: landPath(view, rings), mark: { x: x - width / 2, y: y - height / 2, width, height } }
  }, [bounds])
  return (
    <svg className={classes.map} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden>
      <path className={classes.land} d={land} />
      <rect className={classes.mark} {...mark} rx={1} />
    </svg>
  )
}
