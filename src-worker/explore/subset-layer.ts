import type { ExploreRecord } from '../../src-shared/explore/record'
import {
  reasonOfState,
  REASONS,
  rejectedState,
  STATES,
  type StateCounts,
} from '../../src-shared/explore/states'
import type { Split } from '../../src-shared/footprint/footprint'
import type { DatabaseOptions } from '../footprints/database'
import { dayOfYear } from './day-of-year'
import type { TableWorld } from './load-tables'
import { MapLayer, splitCode } from './map-layer'
import { SHOWN, type MapRows } from './map-rows'
import { nextRevision } from './revision'
import { SubsetStates, type StateFiles } from './subset-states'

const SHOWN_BY_STATE = new Uint8Array(256).fill(SHOWN.hidden)
SHOWN_BY_STATE[STATES.waiting] = SHOWN.kept
SHOWN_BY_STATE[STATES.done] = SHOWN.done
SHOWN_BY_STATE[STATES.failed] = SHOWN.failed
for (const reason of REASONS) SHOWN_BY_STATE[rejectedState(reason)] = SHOWN.rejected

/** The footprints of the subset tables and what became of them. */
export class SubsetLayer {
  readonly map: MapLayer
  private readonly rows: MapRows
  private readonly states: SubsetStates

  /** @param database what reading of states may use */
  constructor(
    private readonly world: TableWorld,
    files: StateFiles,
    database: DatabaseOptions,
  ) {
    const { places, keys, origins } = world
    const status = new Uint16Array(keys.length).fill(STATES.waiting)
    this.rows = {
      places,
      keys,
      status,
      shown: SHOWN_BY_STATE,
      state: (code) => code,
      splits: Uint8Array.from(origins, ({ split }) => splitCode(split)),
      days: Uint16Array.from(origins, ({ acquired }) => dayOfYear(acquired)),
      revision: nextRevision(),
    }
    this.map = new MapLayer(this.rows, origins)
    this.states = new SubsetStates({ rowsOf: rowsBySplit(world), shot: places.shot, status }, files, database)
  }

  /**
   * Reads what became of the footprints since the last time.
   * @throws StudioError `cancelled`
   */
  async refresh(signal: AbortSignal): Promise<StateCounts> {
    if (await this.states.refresh(signal)) this.rows.revision = nextRevision()
    const counts = new Uint32Array(SHOWN_BY_STATE.length)
    for (const state of this.rows.status) counts[state]++
    return {
      waiting: counts[STATES.waiting],
      done: counts[STATES.done],
      failed: counts[STATES.failed],
      rejected: Object.fromEntries(
        REASONS.map((reason) => [reason, counts[rejectedState(reason)]] as const).filter(
          ([, rows]) => rows > 0,
        ),
      ),
    }
  }

  /** @throws StudioError `not-ready` when there is no such row */
  record(row: number): ExploreRecord {
    const place = this.map.record(row)
    const code = this.rows.status[row]
    const reason = reasonOfState(code)
    return {
      ...place,
      beam: null,
      sensitivity: null,
      solarElevation: null,
      degradeFlag: null,
      fails: [],
      subsetRow: this.world.tableRow[row],
      state: reason === null ? stateName(code) : 'rejected',
      reason,
    }
  }
}

function stateName(code: number): 'waiting' | 'done' | 'failed' {
  if (code === STATES.done) return 'done'
  return code === STATES.failed ? 'failed' : 'waiting'
}

/** By split, for each row of its table the row of the map. */
function rowsBySplit({ places, origins, sizes, tableRow }: TableWorld): Record<Split, Uint32Array> {
  const rowsOf = { train: new Uint32Array(sizes.train), test: new Uint32Array(sizes.test) }
  for (let row = 0; row < tableRow.length; row++) {
    rowsOf[origins[places.origin[row]].split][tableRow[row]] = row
  }
  return rowsOf
}
