import type { Places } from './columns'

/** How a footprint is shown on the map. */
export const SHOWN = {
  /** Not at all. */
  hidden: 0,
  /** Only when dropped footprints are asked for. */
  dropped: 1,
  kept: 2,
  done: 3,
  failed: 4,
  rejected: 5,
} as const

/** The footprints of a layer as the map sees them, in the order of their keys. */
export interface MapRows {
  places: Places
  keys: Uint32Array
  /** Of each row, what `shown` and `state` tell the look of. */
  status: Uint16Array
  /** By status, one of SHOWN. */
  shown: Uint8Array
  /** Code of the property `state` of a point. */
  state(status: number): number
  /** By origin: 0 no split, 1 train, 2 test. */
  splits: Uint8Array
  /** By origin: day of the year, 1 to 366. */
  days: Uint16Array
  /** Changes whenever any of these does. */
  revision: number
}
