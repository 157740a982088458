import { StudioError } from '../../src-shared/errors/studio-error'
import type { OpenedLayer } from '../../src-shared/explore/layers'
import type { ExploreRecord } from '../../src-shared/explore/record'
import type { Split } from '../../src-shared/footprint/footprint'
import { isoSeconds } from '../../src-shared/footprint/time'
import { FILL_VALUE } from '../footprints/shot-columns'
import { boundsOf } from './bounds'
import type { MapRows } from './map-rows'
import { BaseCells } from './base-cells'
import type { Origin } from './columns'
import { makeTile } from './tile'
import type { TileAddress } from './tile-rows'

/** Splits by the codes of MapRows. */
const SPLIT_OF_CODE: readonly (Split | null)[] = [null, 'train', 'test']

/** Code of a split in MapRows. */
export function splitCode(split: Split | null): number {
  return SPLIT_OF_CODE.indexOf(split)
}

/** What of a record any footprint has. */
export type PlaceRecord = Pick<
  ExploreRecord,
  | 'shotNumber'
  | 'lon'
  | 'lat'
  | 'agbd'
  | 'agbdSe'
  | 'relativeStandardError'
  | 'time'
  | 'granule'
  | 'l2Quality'
  | 'l4Quality'
  | 'surface'
  | 'split'
>

/** A layer of the map: its tiles, and what can be told of each of its footprints. */
export class MapLayer {
  private readonly base: BaseCells

  constructor(
    readonly rows: MapRows,
    private readonly origins: readonly Origin[],
  ) {
    this.base = new BaseCells(rows.keys)
  }

  opened(): OpenedLayer {
    const { keys, places } = this.rows
    return { rows: keys.length, bounds: boundsOf(places.lon, places.lat, keys.length) }
  }

  /** See `makeTile`. */
  tile(tile: TileAddress, dropped: boolean): Uint8Array<ArrayBuffer> {
    return makeTile(this.rows, this.base, tile, dropped)
  }

  /** @throws StudioError `not-ready` when there is no such row */
  record(row: number): PlaceRecord {
    const { keys, places, splits } = this.rows
    if (row >= keys.length) {
      throw new StudioError('not-ready', `The map has no footprint ${row}; it was loaded anew since.`, {
        hint: 'Wait until the map is drawn again, then choose the footprint there.',
      })
    }
    const agbd = known(places.agbd[row])
    const agbdSe = known(places.agbdSe[row])
    const origin = places.origin[row]
    const { granule, acquired } = this.origins[origin]
    return {
      shotNumber: places.shot[row].toString(),
      lon: places.lon[row],
      lat: places.lat[row],
      agbd,
      agbdSe,
      relativeStandardError: agbd === null || agbdSe === null ? null : known(agbdSe / agbd),
      time: isoSeconds(acquired),
      granule,
      l2Quality: places.l2[row],
      l4Quality: places.l4[row],
      surface: places.surface[row],
      split: SPLIT_OF_CODE[splits[origin]],
    }
  }
}

/** Null for what is not finite or the fill value. */
export function known(value: number): number | null {
  return Number.isFinite(value) && value !== FILL_VALUE ? value : null
}
