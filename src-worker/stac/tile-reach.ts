/** Edge of a Sentinel-2 tile on the ground, metres: 10,980 pixels of 10 m, at the smallest scale of UTM. */
const TILE_EDGE = 109_800 / 0.9996
/** Metres of a degree of latitude where it is shortest, at the equator, and of a degree of longitude there. */
const DEGREE_OF_LATITUDE = 110_574
const DEGREE_OF_LONGITUDE = 111_320

/** Degrees from the middle of a UTM zone to its edge; north of 56 degrees some zones are wider (32V, 31X to 37X). */
const HALF_ZONE = 3
const HALF_WIDE_ZONE = 6
const WIDE_ZONES_FROM = 55

/**
 * Degrees of latitude within which every point of a tile lies from every other point of it. A tile is a square in UTM,
 * turned against the meridian by the convergence of its zone, at most (distance from the middle of the zone) x
 * sin(latitude); a tile reaches beyond its zone by no more than its own width.
 * @param furthest the place's distance from the equator in degrees
 */
export function tileReach(furthest: number): number {
  const latitude = Math.min(89, furthest + 1.2)
  const width = TILE_EDGE / (DEGREE_OF_LONGITUDE * Math.cos(radians(latitude)))
  const halfZone = furthest < WIDE_ZONES_FROM ? HALF_ZONE : HALF_WIDE_ZONE
  const turn = Math.min(45, (halfZone + width) * Math.sin(radians(latitude)))
  return (TILE_EDGE / DEGREE_OF_LATITUDE) * (Math.cos(radians(turn)) + Math.sin(radians(turn)))
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}
