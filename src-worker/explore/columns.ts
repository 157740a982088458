import type { Split } from '../../src-shared/footprint/footprint'
import { keyAt } from './mercator'
import { orderByKey, Reordering } from './spatial-order'
import { pause } from '../hdf5/pause'

/** What the footprints of one granule have in common; of a table, those with the same granule name, time and split. */
export interface Origin {
  /** Name of the granule. */
  granule: string
  /** Its time, milliseconds since 1970-01-01 UTC. */
  acquired: number
  /** The split of the table that the footprints come from; null where they come from a granule. */
  split: Split | null
  /** Optional columns that the granule lacks, bits of NEEDS. */
  lacks: number
}

/** Footprints as the map needs them, one element a row, rows in the order of their keys. */
export interface Places {
  /** WGS 84, degrees. */
  lon: Float64Array
  lat: Float64Array
  /** Mg/ha. */
  agbd: Float32Array
  agbdSe: Float32Array
  shot: BigUint64Array
  l2: Uint8Array
  l4: Uint8Array
  surface: Uint8Array
  /** Index into the list of origins. */
  origin: Uint32Array
}

/** `degrade` of a footprint without a degrade flag. */
export const NO_DEGRADE = 256
/** `beam` of a footprint whose beam is not known. */
export const NO_BEAM = 255

/** What only the granules tell, and what filters need beside the columns above. */
export interface ShotValues {
  /** Number of the beam, see `beamCode`. */
  beam: Uint8Array
  /** NaN where the granule has none, as for the solar elevation (degrees). */
  sensitivity: Float32Array
  elevation: Float32Array
  degrade: Uint16Array
  /**
   * Bit N tells that the footprint is not the version of its shot that counts when the filters need the columns N, a
   * combination of NEEDS; see `hiddenUnder`.
   */
  hidden: Uint8Array
}

/** Bits of the optional columns. */
export const NEEDS = { sensitivity: 1, solar_elevation: 2, degrade_flag: 4 } as const

/** Empty columns for so many rows. */
export function placesFor(rows: number): Places {
  return {
    lon: new Float64Array(rows),
    lat: new Float64Array(rows),
    agbd: new Float32Array(rows),
    agbdSe: new Float32Array(rows),
    shot: new BigUint64Array(rows),
    l2: new Uint8Array(rows),
    l4: new Uint8Array(rows),
    surface: new Uint8Array(rows),
    origin: new Uint32Array(rows),
  }
}

/** Empty columns for so many rows. */
export function shotValuesFor(rows: number): ShotValues {
  return {
    beam: new Uint8Array(rows).fill(NO_BEAM),
    sensitivity: new Float32Array(rows).fill(NaN),
    elevation: new Float32Array(rows).fill(NaN),
    degrade: new Uint16Array(rows).fill(NO_DEGRADE),
    hidden: new Uint8Array(rows),
  }
}

/**
 * Puts the first `rows` rows of columns into the order in which neighbours on the map follow each other, in place.
 * @param more columns beside the places
 * @returns the keys of the rows in that order, and for each the row that it was before
 * @throws StudioError `cancelled`
 */
export async function orderOnMap(
  places: Places,
  rows: number,
  more: readonly (Float32Array | Uint32Array | Uint16Array | Uint8Array)[],
  signal: AbortSignal,
): Promise<{ keys: Uint32Array; order: Uint32Array }> {
  const { lon, lat, agbd, agbdSe, shot, l2, l4, surface, origin } = places
  const keys = new Uint32Array(rows)
  for (let row = 0; row < rows; row++) keys[row] = keyAt(lon[row], lat[row])
  await pause(signal)
  const order = orderByKey(keys)
  const reordering = new Reordering(order)
  for (const column of [keys, lon, lat, agbd, agbdSe, shot, l2, l4, surface, origin, ...more]) {
    await pause(signal)
    reordering.apply(column)
  }
  return { keys, order }
}
