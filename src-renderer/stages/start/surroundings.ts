import type { RecentProject } from '../../../src-shared/api/studio-state'
import type { Ring } from './land'

type Bounds = NonNullable<RecentProject['bounds']>

/** A cut-out of the world around some bounds: degrees, with longitudes shortened as they are at its middle latitude. */
export interface Surroundings {
  /** Middle, degrees. */
  lon: number
  lat: number
  /** Pixels per degree of longitude and of latitude. */
  perLon: number
  perLat: number
  width: number
  height: number
}

/** Least height of the cut-out, degrees: enough to see a coast or a sea from most places. */
const LEAST_DEGREES = 16

/** The cut-out of so many pixels that shows the bounds with a good deal around them. */
export function surroundingsOf(bounds: Bounds, width: number, height: number): Surroundings {
  const wide = (bounds.east - bounds.west + 360) % 360
  const lon = wrapped(bounds.west + wide / 2)
  const lat = (bounds.south + bounds.north) / 2
  const shortened = Math.max(0.2, Math.cos((lat * Math.PI) / 180))
  const tall = Math.max(
    LEAST_DEGREES,
    2 * (bounds.north - bounds.south),
    (2 * wide * shortened * height) / width,
  )
  const perLat = height / Math.min(tall, 180)
  return { lon, lat, perLon: perLat * shortened, perLat, width, height }
}

/** Place of a point in the cut-out, pixels from its upper left corner. */
export function placeIn(view: Surroundings, lon: number, lat: number): [x: number, y: number] {
  return [view.width / 2 + (lon - view.lon) * view.perLon, view.height / 2 - (lat - view.lat) * view.perLat]
}

/** SVG path of the land in the cut-out; what lies beyond the antimeridian is taken from the other side. */
export function landPath(view: Surroundings, rings: readonly Ring[]): string {
  const halfWide = view.width / 2 / view.perLon
  const halfTall = view.height / 2 / view.perLat
  const parts: string[] = []
  for (const turn of [-360, 0, 360]) {
    for (const ring of rings) {
      const seen =
        ring.east + turn >= view.lon - halfWide &&
        ring.west + turn <= view.lon + halfWide &&
        ring.north >= view.lat - halfTall &&
        ring.south <= view.lat + halfTall
      if (seen)
        parts.push(`M${ring.points.map(([lon, lat]) => written(placeIn(view, lon + turn, lat))).join('L')}Z`)
    }
  }
  return parts.join('')
}

/** Position in words: 47.9° N, 8.1° E. */
export function positionWords(view: Pick<Surroundings, 'lon' | 'lat'>): string {
  const part = (value: number, positive: string, negative: string): string =>
    `${Math.abs(value).toFixed(1)}° ${value < 0 ? negative : positive}`
  return `${part(view.lat, 'N', 'S')}, ${part(view.lon, 'E', 'W')}`
}

function wrapped(lon: number): number {
  return ((((lon + 180) % 360) + 360) % 360) - 180
}

function written([x, y]: [number, number]): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`
}
