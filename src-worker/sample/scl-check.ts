import { CENTRE_FIRST, CENTRE_LAST, PATCH_PIXELS, PATCH_SIZE } from '../../src-shared/dataset/bands'
import { SCL_CLASS_COUNT } from '../../src-shared/dataset/scl'
import type { RejectionReason } from '../../src-shared/footprint/rejection'
import type { Settings } from '../../src-shared/settings/settings'

export type SclLimits = Pick<
  Settings,
  'sclMaxCloud' | 'sclMaxShadow' | 'sclMaxSnow' | 'sclMaxWater' | 'sclMaxInvalid' | 'sclFootprintClasses'
>

/** Pixels of each class 0..11 in a 32 x 32 window; values above 11 count as no data. */
export function countClasses(scl: Uint16Array): Uint16Array {
  const counts = new Uint16Array(SCL_CLASS_COUNT)
  for (const value of scl) counts[value < SCL_CLASS_COUNT ? value : 0]++
  return counts
}

/**
 * Why a window's scene classification rejects the footprint, first match first, or null where it does not.
 * @param scl 32 x 32 classes
 * @param counts pixels of each class
 */
export function checkScl(scl: Uint16Array, counts: Uint16Array, limits: SclLimits): RejectionReason | null {
  if (!centreHasClass(scl, limits.sclFootprintClasses)) return 'scl-footprint'
  const fraction = (...classes: number[]): number =>
    classes.reduce((sum, value) => sum + counts[value], 0) / PATCH_PIXELS
  if (fraction(8, 9, 10) > limits.sclMaxCloud) return 'scl-cloud'
  if (fraction(2, 3) > limits.sclMaxShadow) return 'scl-shadow'
  if (fraction(11) > limits.sclMaxSnow) return 'scl-snow'
  if (fraction(6) > limits.sclMaxWater) return 'scl-water'
  if (fraction(0, 1, 7) > limits.sclMaxInvalid) return 'scl-invalid'
  return null
}

function centreHasClass(scl: Uint16Array, classes: readonly number[]): boolean {
  for (let row = CENTRE_FIRST; row <= CENTRE_LAST; row++) {
    for (let col = CENTRE_FIRST; col <= CENTRE_LAST; col++) {
      if (!classes.includes(scl[row * PATCH_SIZE + col])) return false
    }
  }
  return true
}
