import { z } from 'zod'

/** Why a footprint yields no sample, in the order in which the checks run. */
export const REJECTION_REASONS = {
  'no-scene': 'No scene under the cloud limit within the days around the acquisition holds the window.',
  'scl-footprint': 'A centre pixel is neither vegetation nor bare soil.',
  'scl-cloud': 'Too many cloud pixels (classes 8, 9, 10).',
  'scl-shadow': 'Too many shadow pixels (classes 2, 3).',
  'scl-snow': 'Too many snow or ice pixels (class 11).',
  'scl-water': 'Too many water pixels (class 6).',
  'scl-invalid': 'Too many pixels without data or class (classes 0, 1, 7).',
  'dem-missing': 'The DEM has no data under part of the window.',
  slope: 'A centre pixel is steeper than the limit.',
  'landcover-missing': 'The land cover has no tile under part of the window.',
} as const

export type RejectionReason = keyof typeof REJECTION_REASONS

export const rejectionReasonSchema = z.enum(
  Object.keys(REJECTION_REASONS) as [RejectionReason, ...RejectionReason[]],
)
