import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { orderOnMap, placesFor } from './columns'
import type { MapRows } from './map-rows'

/** A footprint of a map for tests. */
export interface MapPoint {
  lon: number
  lat: number
  agbd: number
  /** 0 none, 1 train, 2 test. */
  split: number
  day: number
  status: number
}

/** Rows of a map, and for each row the point that it was made from. */
export async function mapRows(
  points: readonly MapPoint[],
  looks: Pick<MapRows, 'shown' | 'state'>,
): Promise<{ rows: MapRows; pointOf: MapPoint[] }> {
  const places = placesFor(points.length)
  const status = new Uint16Array(points.length)
  for (const [row, point] of points.entries()) {
    places.lon[row] = point.lon
    places.lat[row] = point.lat
    places.agbd[row] = point.agbd
    places.origin[row] = row
    status[row] = point.status
  }
  const { keys, order } = await orderOnMap(places, points.length, [status], new AbortController().signal)
  const splits = Uint8Array.from(points, ({ split }) => split)
  const days = Uint16Array.from(points, ({ day }) => day)
  return {
    rows: { places, keys, status, splits, days, revision: 1, ...looks },
    pointOf: [...order].map((row) => points[row]),
  }
}

/** A feature of a tile as the library of the map reads it: points as [x, y], squares as their first corner. */
export interface ReadFeature {
  id: number | undefined
  x: number
  y: number
  properties: Record<string, unknown>
}

/** The one layer of a tile; null for a tile without bytes. */
export function readTile(bytes: Uint8Array): { name: string; features: ReadFeature[] } | null {
  if (bytes.length === 0) return null
  const layers = Object.values(new VectorTile(new PbfReader(bytes)).layers)
  if (layers.length !== 1) throw new Error(`${layers.length} layers in a tile`)
  const [layer] = layers
  const features = Array.from({ length: layer.length }, (_, index) => {
    const feature = layer.feature(index)
    const [[{ x, y }]] = feature.loadGeometry()
    return { id: feature.id, x, y, properties: feature.properties }
  })
  return { name: layer.name, features }
}
