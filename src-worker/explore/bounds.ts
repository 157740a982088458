import type { OpenedLayer } from '../../src-shared/explore/layers'
import { rangeOf } from '../figures/distribution'

/** Where the first `rows` positions lie, degrees; see `openedSchema`. */
export function boundsOf(lon: Float64Array, lat: Float64Array, rows: number): OpenedLayer['bounds'] {
  const strips = Array.from({ length: 361 }, () => ({ west: 360, east: -360, south: 90, north: -90 }))
  for (let row = 0; row < rows; row++) {
    const strip = strips[Math.floor(lon[row]) + 180]
    if (lon[row] < strip.west) strip.west = lon[row]
    if (lon[row] > strip.east) strip.east = lon[row]
    if (lat[row] < strip.south) strip.south = lat[row]
    if (lat[row] > strip.north) strip.north = lat[row]
  }
  const range = rangeOf(strips.filter(({ west, east }) => west <= east))
  if (range === null) return null
  return { ...range, east: range.east > 180 ? range.east - 360 : range.east }
}
