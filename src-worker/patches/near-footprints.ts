import { SUSPECT_THRESHOLDS } from '../../src-shared/patches/suspects'

/** Mean radius of the earth, m (IUGG). */
const EARTH_RADIUS = 6_371_009
const METRES_PER_DEGREE = (Math.PI / 180) * EARTH_RADIUS
const NEAR = SUSPECT_THRESHOLDS.duplicateMetres

/**
 * For each footprint the distance of the nearest other one in metres, 0 where another has the same shot number; NaN where
 * none is within `duplicateMetres`. Distances are those of an equirectangular map around the two, exact to a millionth
 * over a metre.
 * @param shotNumbers 0 where there is none
 * @param positions latitude and longitude of each, degrees
 */
export function nearestWithin(shotNumbers: BigUint64Array, positions: Float32Array): Float32Array {
  const nearest = new Float32Array(shotNumbers.length).fill(NaN)
  markSameShots(shotNumbers, nearest)
  const order = Uint32Array.from(nearest, (_, i) => i)
    .filter((i) => Number.isFinite(positions[2 * i]) && Number.isFinite(positions[2 * i + 1]))
    .sort((a, b) => positions[2 * a] - positions[2 * b])
  // Footprints in the order of their latitude: those within reach follow each other.
  for (const [at, i] of order.entries()) {
    for (let next = at + 1; next < order.length; next++) {
      const j = order[next]
      if ((positions[2 * j] - positions[2 * i]) * METRES_PER_DEGREE > NEAR) break
      const distance = metresBetween(positions, i, j)
      if (distance > NEAR) continue
      nearest[i] = smaller(nearest[i], distance)
      nearest[j] = smaller(nearest[j], distance)
    }
  }
  return nearest
}

function markSameShots(shotNumbers: BigUint64Array, nearest: Float32Array): void {
  const seen = new Map<bigint, number>()
  for (const [i, shot] of shotNumbers.entries()) {
    if (shot === 0n) continue
    const first = seen.get(shot)
    if (first === undefined) seen.set(shot, i)
    else nearest[first] = nearest[i] = 0
  }
}

function metresBetween(positions: Float32Array, i: number, j: number): number {
  const [latitude, other] = [positions[2 * i], positions[2 * j]]
  const apart = Math.abs(positions[2 * i + 1] - positions[2 * j + 1])
  const degrees = Math.min(apart, 360 - apart)
  const across = degrees * Math.cos((((latitude + other) / 2) * Math.PI) / 180)
  return Math.hypot(across, latitude - other) * METRES_PER_DEGREE
}

function smaller(known: number, distance: number): number {
  return Number.isNaN(known) ? distance : Math.min(known, distance)
}
