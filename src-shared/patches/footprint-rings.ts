import type { PatchDetail } from './patch-detail'

/** Diameter of a GEDI footprint on the ground, metres (GEDI L4A ATBD). */
export const FOOTPRINT_DIAMETER = 25
/** By how much its position may be off, metres: one standard deviation (GEDI L2A user guide, version 2). */
export const GEOLOCATION_UNCERTAINTY = 10

/** The circles of a footprint in its window, in pixels from the north-west corner. */
export interface FootprintRings {
  column: number
  row: number
  /** Radius of the footprint. */
  footprint: number
  /** Radius within which it lies when its position is off by the uncertainty. */
  reach: number
}

/** Where a footprint is drawn in its window; null where its centre or the window's transform is not known. */
export function footprintRings({
  centre,
  transform,
}: Pick<PatchDetail, 'centre' | 'transform'>): FootprintRings | null {
  const [a, b, , d, e] = transform
  if (centre === null || a === null || b === null || d === null || e === null) return null
  const metresPerPixel = Math.sqrt(Math.abs(a * e - b * d))
  if (!(metresPerPixel > 0)) return null
  const radius = FOOTPRINT_DIAMETER / 2
  return {
    column: centre.column,
    row: centre.row,
    footprint: radius / metresPerPixel,
    reach: (radius + GEOLOCATION_UNCERTAINTY) / metresPerPixel,
  }
}
