import type { HistogramName } from '../../src-shared/explore/filter-counts'
import { FILL_VALUE } from '../footprints/shot-columns'
import { binValues, type Binning } from './binning'
import { NO_DEGRADE } from './columns'
import type { ShotWorld } from './load-granules'

/** What footprints are counted by, and what the codes stand for. */
export interface ShotCodes {
  /**
   * Two words a row: the bins of relative standard error, AGBD, sensitivity and solar elevation, lowest byte first; then
   * number of the beam, place among `degradeFlags`, and flags: bits 0 to 3 tell that the L2 flag is 1, the L4 flag is 1,
   * the surface flag is 1, and the AGBD is positive. All in one place, as rows are looked up one by one.
   */
  packed: Uint32Array
  histograms: Readonly<Record<HistogramName, Binning>>
  /** Degrade flags that occur, ascending; the place behind the last stands for no flag. */
  degradeFlags: number[]
}

/** Sorts all footprints into the bins of the histograms and the codes of the other charts. */
export function codeShots({ places, values, keys }: ShotWorld): ShotCodes {
  const rows = keys.length
  const { agbd, agbdSe, l2, l4, surface } = places
  const { sensitivity, elevation, beam, degrade } = values
  const packed = new Uint32Array(2 * rows)
  const binned = (place: number, valueOf: (row: number) => number, fromZero: boolean): Binning => {
    const { bins, ...binning } = binValues(rows, valueOf, fromZero)
    for (let row = 0; row < rows; row++) packed[2 * row] |= bins[row] << (8 * place)
    return binning
  }
  const histograms = {
    'relative-standard-error': binned(0, (row) => valued(agbdSe[row]) / valued(agbd[row]), true),
    agbd: binned(1, (row) => valued(agbd[row]), true),
    sensitivity: binned(2, (row) => valued(sensitivity[row]), false),
    'solar-elevation': binned(3, (row) => valued(elevation[row]), false),
  }
  const { degradeFlags, places: degradePlaces } = degradeCodes(degrade, rows)
  for (let row = 0; row < rows; row++) {
    const flags =
      Number(l2[row] === 1) |
      (Number(l4[row] === 1) << 1) |
      (Number(surface[row] === 1) << 2) |
      (Number(agbd[row] > 0) << 3)
    packed[2 * row + 1] = beam[row] | (degradePlaces[degrade[row]] << 8) | (flags << 16)
  }
  return { packed, histograms, degradeFlags }
}

function valued(value: number): number {
  return value === FILL_VALUE ? NaN : value
}

/** Numbers the degrade flags that occur. */
function degradeCodes(degrade: Uint16Array, rows: number): { degradeFlags: number[]; places: Uint8Array } {
  const places = new Uint8Array(NO_DEGRADE + 1)
  for (let row = 0; row < rows; row++) places[degrade[row]] = 1
  const degradeFlags = [...places.keys()].filter((flag) => places[flag] === 1 && flag !== NO_DEGRADE)
  places.fill(degradeFlags.length)
  for (const [place, flag] of degradeFlags.entries()) places[flag] = place
  return { degradeFlags, places }
}
