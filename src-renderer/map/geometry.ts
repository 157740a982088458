import type { OpenedLayer } from '../../src-shared/explore/layers'
import type { BoundingBox } from '../../src-shared/settings/field'

/** Where footprints lie, degrees; west above east where it crosses the antimeridian. */
export type Bounds = NonNullable<OpenedLayer['bounds']>

/** A place on the Earth, degrees. */
export interface Place {
  lon: number
  lat: number
}

/** Longitude turned into -180 to 180. */
export function wrapLongitude(lon: number): number {
  const turned = lon - Math.floor((lon + 180) / 360) * 360
  return turned === -180 && lon > 0 ? 180 : turned
}

/** The east end of a range of longitudes, counted on beyond 180 where the range crosses the antimeridian. */
export function eastOf(west: number, east: number): number {
  return east < west ? east + 360 : east
}

/** How many turns bring a longitude closest to another one, degrees. */
export function turnsTowards(lon: number, centre: number): number {
  return Math.round((centre - lon) / 360) * 360
}

/**
 * The box between two corners on the map, in whole units of the last decimal.
 * @param decimals of the degrees
 * @returns null where it has no height or width
 */
export function boxBetween(one: Place, other: Place, decimals: number): BoundingBox | null {
  const [west, east] = [Math.min(one.lon, other.lon), Math.max(one.lon, other.lon)]
  const round = (degrees: number): number => Number(degrees.toFixed(decimals))
  const south = round(Math.max(-90, Math.min(one.lat, other.lat)))
  const north = round(Math.min(90, Math.max(one.lat, other.lat)))
  if (round(west) === round(east) || south === north) return null
  if (east - west >= 360) return [-180, south, 180, north]
  return [round(wrapLongitude(west)), south, round(wrapLongitude(east)), north]
}
