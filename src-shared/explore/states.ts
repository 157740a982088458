import { z } from 'zod'
import { REJECTION_REASONS, rejectionReasonSchema, type RejectionReason } from '../footprint/rejection'

/** All reasons of rejection in the order of the checks. */
export const REASONS = Object.keys(REJECTION_REASONS) as RejectionReason[]

/** Codes of the property `state` of points on the map. A rejected footprint has `rejectedState` of its reason. */
export const STATES = {
  /** Layer footprints: dropped by a filter, or of a year in neither split. */
  dropped: 0,
  /** Layer footprints. */
  kept: 1,
  /** Layer subset: not cut yet. */
  waiting: 1,
  /** Layer subset: a sample of a finished batch. */
  done: 2,
  /** Layer subset: its imagery could not be read. */
  failed: 3,
} as const

/** Code of the first reason of rejection; the others follow. */
const FIRST_REJECTED = 10

/** Code of a rejected footprint: 10 + place of the reason among REASONS. */
export function rejectedState(reason: RejectionReason): number {
  return FIRST_REJECTED + REASONS.indexOf(reason)
}

/** The reason that a code stands for; null where the code is not that of a rejection. */
export function reasonOfState(state: number): RejectionReason | null {
  return REASONS.at(state - FIRST_REJECTED) !== undefined && state >= FIRST_REJECTED
    ? REASONS[state - FIRST_REJECTED]
    : null
}

const count = z.int().nonnegative()

/** How many footprints of the subset are in which state. */
export const stateCountsSchema = z.object({
  waiting: count,
  done: count,
  failed: count,
  /** By reason; reasons without footprints are left out. */
  rejected: z.partialRecord(rejectionReasonSchema, count),
})
export type StateCounts = z.infer<typeof stateCountsSchema>
