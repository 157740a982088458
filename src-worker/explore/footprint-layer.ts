import { StudioError } from '../../src-shared/errors/studio-error'
import type { FilterCounts } from '../../src-shared/explore/filter-counts'
import { EXPLORE_FILTERS } from '../../src-shared/explore/filter-names'
import type { ExploreRecord } from '../../src-shared/explore/record'
import { STATES } from '../../src-shared/explore/states'
import type { Settings } from '../../src-shared/settings/settings'
import type { JobContext } from '../process/context'
import { areaRows } from './area-rows'
import { beamName } from './beam-name'
import { NO_BEAM, NO_DEGRADE, type Origin } from './columns'
import { filterCounts } from './counts'
import { criteriaOf, neededColumns, splitOfYear, type AreaRows } from './criteria'
import { CrossFilter } from './cross-filter'
import { dayOfYear } from './day-of-year'
import type { ShotWorld } from './load-granules'
import { known, MapLayer, splitCode } from './map-layer'
import { SHOWN, type MapRows } from './map-rows'
import { nextRevision } from './revision'
import { codeShots, type ShotCodes } from './shot-codes'
import { HIDDEN } from './tally'
import { countTotals, type Totals } from './totals'

/** Looks by mask. */
const SHOWN_BY_MASK = new Uint8Array(1 << 16).fill(SHOWN.dropped, 1, HIDDEN)
SHOWN_BY_MASK[0] = SHOWN.kept

/** All footprints of a project and what settings make of them. */
export class FootprintLayer {
  readonly map: MapLayer
  private readonly rows: MapRows
  private readonly codes: ShotCodes
  private readonly filter: CrossFilter
  private totals: { counted: Totals; needs: number } | null = null
  private area: AreaRows | null = null

  constructor(private readonly world: ShotWorld) {
    const { places, keys, origins } = world
    this.codes = codeShots(world)
    this.filter = new CrossFilter(world, this.codes)
    this.rows = {
      places,
      keys,
      status: this.filter.mask,
      shown: SHOWN_BY_MASK,
      state: (mask) => (mask === 0 ? STATES.kept : STATES.dropped),
      splits: Uint8Array.from(origins, ({ split }) => splitCode(split)),
      days: Uint16Array.from(origins, ({ acquired }) => dayOfYear(acquired)),
      revision: 0,
    }
    this.map = new MapLayer(this.rows, origins)
    this.refilter(null)
  }

  /**
   * Filters by settings.
   * @param geoJson content of the area file that the settings name
   * @throws StudioError `area-invalid`, `cancelled`; the settings before then stay in force
   */
  async apply(
    settings: Settings,
    geoJson: string | null,
    ctx: Pick<JobContext, 'signal' | 'progress'>,
  ): Promise<FilterCounts> {
    const { world } = this
    if (settings.area !== null && world.filterable) {
      if (geoJson === null) throw unreadArea(settings.area)
      const file = { geoJson, file: settings.area }
      this.area = await areaRows(world.places, world.keys.length, file, this.area, ctx)
    }
    return this.refilter(settings)
  }

  /** @throws StudioError `not-ready` when there is no such row */
  record(row: number): ExploreRecord {
    const { beam, sensitivity, elevation, degrade } = this.world.values
    const place = this.map.record(row)
    const mask = this.filter.mask[row]
    return {
      ...place,
      beam: beam[row] === NO_BEAM ? null : beamName(beam[row]),
      sensitivity: known(sensitivity[row]),
      solarElevation: known(elevation[row]),
      degradeFlag: degrade[row] === NO_DEGRADE ? null : degrade[row],
      fails: EXPLORE_FILTERS.filter((_, filter) => ((mask >> filter) & 1) === 1),
      subsetRow: null,
      state: mask === 0 ? 'kept' : 'dropped',
      reason: null,
    }
  }

  private refilter(settings: Settings | null): FilterCounts {
    const { world, rows, filter, codes } = this
    const { origins, places, filterable } = world
    const asked = settings?.area ?? null
    const criteria = criteriaOf(world, settings, asked === null ? null : this.area)
    const needs = filterable ? neededColumns(settings) : 0
    if (filter.apply(criteria, needs) || rows.revision === 0) {
      rows.revision = nextRevision()
      rows.splits = Uint8Array.from(origins, (origin) => splitOf(origin, settings))
    }
    if (this.totals?.needs !== needs) {
      this.totals = { counted: countTotals(codes, places.origin, origins.length, filter.mask), needs }
    }
    return filterCounts({
      origins,
      codes,
      criteria,
      totals: this.totals.counted,
      tally: filter.tally,
      splits: rows.splits,
      revision: rows.revision,
    })
  }
}

function splitOf({ split, acquired }: Origin, settings: Settings | null): number {
  if (split !== null) return splitCode(split)
  return settings === null ? 0 : splitOfYear(acquired, settings)
}

function unreadArea(file: string): StudioError {
  return new StudioError('area-invalid', 'The area file was not read.', {
    file,
    hint: 'Check that the file exists.',
  })
}
