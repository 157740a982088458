import pointInPolygon from 'point-in-polygon-hao'
import type { AreaPolygon } from './area'

/** Most bands of a polygon, and the edges from which another band pays. */
const MOST_BANDS = 1024
const EDGES_PER_BAND = 32

/** West, south, east, north, degrees. */
type Extent = [number, number, number, number]

/** Answers for millions of points whether they lie in an area. */
export interface AreaIndex {
  /** The smallest box that holds the area. */
  extent: Extent
  /** Whether a point lies inside or on the edge of one of the polygons; longitude and latitude in degrees. */
  contains(lon: number, lat: number): boolean
}

/** Prepares polygons, at least one, for many questions. */
export function indexArea(polygons: readonly AreaPolygon[]): AreaIndex {
  const indexes = polygons.map(indexPolygon)
  return {
    extent: indexes.map(({ extent }) => extent).reduce(unite),
    contains: (lon, lat) => indexes.some((index) => index.contains(lon, lat)),
  }
}

/**
 * Cuts a polygon into bands of latitude, each with only the edges that matter there: country borders have 100,000
 * edges and more, and the test goes along all that it is given.
 */
function indexPolygon(polygon: AreaPolygon): AreaIndex {
  const extent = polygon[0].map(([lon, lat]): Extent => [lon, lat, lon, lat]).reduce(unite)
  const [west, south, east, north] = extent
  const edges = polygon.reduce((sum, ring) => sum + ring.length - 1, 0)
  const count = Math.min(MOST_BANDS, Math.ceil(edges / EDGES_PER_BAND))
  const height = (north - south) / count
  const bands = new Map<number, AreaPolygon>()

  function bandAt(lat: number): AreaPolygon {
    const number = height > 0 ? Math.min(count - 1, Math.floor((lat - south) / height)) : 0
    const known = bands.get(number)
    if (known !== undefined) return known
    // A band reaches into its neighbours, so that rounding cannot put a latitude outside of its own.
    const band = simplifyOutside(polygon, south + (number - 0.5) * height, south + (number + 1.5) * height)
    bands.set(number, band)
    return band
  }

  return {
    extent,
    contains: (lon, lat) =>
      lon >= west &&
      lon <= east &&
      lat >= south &&
      lat <= north &&
      // 0 is a point on an edge.
      pointInPolygon([lon, lat], bandAt(lat)) !== false,
  }
}

/**
 * Straightens what lies wholly north or wholly south of a band: a point whose neighbours are on the same side as itself
 * is left out. For latitudes in the band nothing changes, as no edge that is lost or new comes near them.
 */
function simplifyOutside(polygon: AreaPolygon, low: number, high: number): AreaPolygon {
  const side = (lat: number): number => (lat < low ? -1 : lat > high ? 1 : 0)
  return polygon.map((ring) =>
    ring.filter(([, lat], index) => {
      if (index === 0 || index === ring.length - 1) return true
      const here = side(lat)
      return here === 0 || side(ring[index - 1][1]) !== here || side(ring[index + 1][1]) !== here
    }),
  )
}

function unite(a: Extent, b: Extent): Extent {
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}
