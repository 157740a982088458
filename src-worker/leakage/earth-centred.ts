/** Semi-major axis, metres, and first eccentricity squared of WGS 84 (NIMA TR8350.2, table 3.1). */
const A = 6_378_137
const F = 1 / 298.257223563
const E2 = F * (2 - F)

/** Mean radius of the ellipsoid, metres (IUGG R1). */
const MEAN_RADIUS = 6_371_008.8

/**
 * Earth-centred coordinates of a point of the WGS 84 ellipsoid, metres (NIMA TR8350.2, equation 4-14, height 0).
 * @param lon @param lat degrees
 */
export function earthCentred(lon: number, lat: number): [x: number, y: number, z: number] {
  const [lambda, phi] = [(lon * Math.PI) / 180, (lat * Math.PI) / 180]
  const [sin, cos] = [Math.sin(phi), Math.cos(phi)]
  const n = A / Math.sqrt(1 - E2 * sin * sin)
  return [n * cos * Math.cos(lambda), n * cos * Math.sin(lambda), n * (1 - E2) * sin]
}

/**
 * Length over ground of a straight line through the Earth, both in metres: the arc of a sphere of the mean radius. Up to
 * 1 km the two differ by less than a micrometre; up to 100 km it is within a few centimetres of the geodesic.
 */
export function arcOfChord(chord: number): number {
  return 2 * MEAN_RADIUS * Math.asin(Math.min(1, chord / (2 * MEAN_RADIUS)))
}

/** The straight line through the Earth between points that are an arc apart, metres; the inverse of `arcOfChord`. */
export function chordOfArc(arc: number): number {
  return 2 * MEAN_RADIUS * Math.sin(Math.min(Math.PI / 2, arc / (2 * MEAN_RADIUS)))
}
