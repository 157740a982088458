import topology from 'world-atlas/land-110m.json'

/** A closed line of longitudes and latitudes, degrees, with its bounds. */
export interface Ring {
  points: readonly (readonly [number, number])[]
  west: number
  east: number
  south: number
  north: number
}

/**
 * Outlines of the land at 1:110 million (Natural Earth). The file is TopoJSON: its lines are kept once, as differences
 * of whole numbers, and rings name them one after the other, backwards where the number is a complement
 * (https://github.com/topojson/topojson-specification, 2.1.3 and 2.1.4).
 */
export function landRings(): Ring[] {
  const { scale, translate } = topology.transform
  const [scaleX = 1, scaleY = 1] = scale
  const [left = 0, bottom = 0] = translate
  const lines = topology.arcs.map((arc) => {
    let x = 0
    let y = 0
    return arc.map(([dx = 0, dy = 0]) => {
      x += dx
      y += dy
      return [x * scaleX + left, y * scaleY + bottom] as const
    })
  })
  const lineOf = (index: number): readonly (readonly [number, number])[] =>
    index < 0 ? [...(lines[~index] ?? [])].reverse() : (lines[index] ?? [])
  return topology.objects.land.geometries
    .flatMap(({ arcs }) => arcs.flat())
    .map((ring) => bounded(ring.flatMap((index, at) => lineOf(index).slice(at === 0 ? 0 : 1))))
}

function bounded(points: Ring['points']): Ring {
  const lons = points.map(([lon]) => lon)
  const lats = points.map(([, lat]) => lat)
  return {
    points,
    west: Math.min(...lons),
    east: Math.max(...lons),
    south: Math.min(...lats),
    north: Math.max(...lats),
  }
}
