import { HISTOGRAM_NAMES, type HistogramName } from '../../src-shared/explore/filter-counts'
import type { ShotCodes } from './shot-codes'
import { HIDDEN } from './tally'

/** Footprints by what they are counted by, whatever the filters say. */
export interface Totals {
  /** By bin; NO_BIN is a place like the others. */
  histograms: Readonly<Record<HistogramName, Int32Array>>
  beams: Int32Array
  /** By place among the degrade flags. */
  degrade: Int32Array
  origins: Int32Array
}

/** Counts all rows that count under the present needs. */
export function countTotals(
  { packed }: ShotCodes,
  origin: Uint32Array,
  origins: number,
  mask: Uint16Array,
): Totals {
  const bins = HISTOGRAM_NAMES.map(() => new Int32Array(256))
  const [error, agbd, sensitivity, elevation] = bins
  const totals: Totals = {
    histograms: {
      'relative-standard-error': error,
      agbd,
      sensitivity,
      'solar-elevation': elevation,
    },
    beams: new Int32Array(256),
    degrade: new Int32Array(256),
    origins: new Int32Array(origins),
  }
  for (let row = 0; row < mask.length; row++) {
    if ((mask[row] & HIDDEN) !== 0) continue
    const [low, high] = [packed[2 * row], packed[2 * row + 1]]
    error[low & 0xff]++
    agbd[(low >>> 8) & 0xff]++
    sensitivity[(low >>> 16) & 0xff]++
    elevation[low >>> 24]++
    totals.beams[high & 0xff]++
    totals.degrade[(high >>> 8) & 0xff]++
    totals.origins[origin[row]]++
  }
  return totals
}
