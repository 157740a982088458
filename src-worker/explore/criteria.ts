import { EXPLORE_FILTERS, type ExploreFilter } from '../../src-shared/explore/filter-names'
import { DAY_MS } from '../../src-shared/footprint/time'
import type { Settings } from '../../src-shared/settings/settings'
import type { OptionalColumn } from '../footprints/shot-columns'
import { chosenBeams } from '../footprints/shot-filter'
import { NEEDS } from './columns'
import {
  failMissing,
  failNotOne,
  failNotPositive,
  failOrigins,
  failOriginsToo,
  failOtherLight,
  failOutside,
  failOutsideBox,
  failUncertain,
  failUnlisted,
  failUnmarked,
} from './judges'
import type { ShotWorld } from './load-granules'

/** A filter as the settings have it. What it asks is what `shotFilters` asks of the database. */
export interface Criterion {
  name: ExploreFilter
  /** Whether the settings ask for it. */
  active: boolean
  /** The same for the same outcome. */
  key: string
  /** Writes for every row 1 where it fails, otherwise 0. */
  judge: (failed: Uint8Array) => void
  /** Of filters on granules, 1 for every origin that fails; null for filters on footprints. */
  origins: Uint8Array | null
}

/** Which rows lie in the area of the settings. */
export interface AreaRows {
  /** The same for the same area. */
  key: string
  /** 1 for each row inside. */
  inside: Uint8Array
}

/**
 * All filters in the order of EXPLORE_FILTERS. Footprints of given tables are filtered already: none of the filters
 * asks for anything.
 * @param settings null: no filter but the one that is always on
 * @param area the rows in the area that the settings name, null where they name none
 */
export function criteriaOf(world: ShotWorld, settings: Settings | null, area: AreaRows | null): Criterion[] {
  const asked = new Map(asksOf(world, settings, area).map((criterion) => [criterion.name, criterion]))
  return EXPLORE_FILTERS.map((name) => asked.get(name) ?? INACTIVE[name])
}

const INACTIVE = Object.fromEntries(
  EXPLORE_FILTERS.map((name): [ExploreFilter, Criterion] => [
    name,
    { name, active: false, key: '', judge: (failed) => failed.fill(0), origins: null },
  ]),
) as Record<ExploreFilter, Criterion>

function asksOf(world: ShotWorld, settings: Settings | null, area: AreaRows | null): Criterion[] {
  if (!world.filterable) return []
  const always = ask('agbd-missing', true, (failed) => failMissing(failed, world.places.agbd))
  if (settings === null) return [always]
  return [
    always,
    ...shotAsks(world, settings),
    ...columnAsks(world, settings),
    ...placeAsks(world, settings, area),
  ]
}

/** A filter that the settings ask for. */
function ask(name: ExploreFilter, key: unknown, judge: Criterion['judge']): Criterion {
  return { name, active: true, key: JSON.stringify(key), judge, origins: null }
}

/** Filters on columns that every granule has. */
function shotAsks({ places, values }: ShotWorld, s: Settings): Criterion[] {
  const { agbd, agbdSe, l2, l4, surface } = places
  const limit = s.maxRelativeStandardError
  const asks = [ask('relative-standard-error', limit, (failed) => failUncertain(failed, agbd, agbdSe, limit))]
  if (s.requireL2Quality) asks.push(ask('l2-quality', true, (failed) => failNotOne(failed, l2)))
  if (s.requireL4Quality) asks.push(ask('l4-quality', true, (failed) => failNotOne(failed, l4)))
  if (s.requireSurface) asks.push(ask('surface', true, (failed) => failNotOne(failed, surface)))
  if (s.requirePositiveAgbd) asks.push(ask('agbd-positive', true, (failed) => failNotPositive(failed, agbd)))
  if (s.minAgbd !== null || s.maxAgbd !== null) {
    const [low, high] = [s.minAgbd ?? -Infinity, s.maxAgbd ?? Infinity]
    asks.push(ask('agbd-range', [s.minAgbd, s.maxAgbd], (failed) => failOutside(failed, agbd, low, high)))
  }
  if (s.beams.length > 0) {
    const beams = chosenBeams(s.beams)
    asks.push(ask('beams', s.beams, (failed) => failUnlisted(failed, values.beam, beams)))
  }
  return asks
}

/** Filters on columns that a granule may lack; it then fails as a whole, whatever single beams have. */
function columnAsks({ places, values, origins }: ShotWorld, s: Settings): Criterion[] {
  const lacking = (column: OptionalColumn): Uint8Array =>
    Uint8Array.from(origins, ({ lacks }) => Number((lacks & NEEDS[column]) !== 0))
  const { minSensitivity, daylight, degradeFlags } = s
  const asks: Criterion[] = []
  if (minSensitivity !== null) {
    const without = lacking('sensitivity')
    const judge = (failed: Uint8Array): void => {
      failOutside(failed, values.sensitivity, minSensitivity, Infinity)
      failOriginsToo(failed, places.origin, without)
    }
    asks.push(ask('sensitivity', minSensitivity, judge))
  }
  if (daylight !== 'any') {
    const without = lacking('solar_elevation')
    const judge = (failed: Uint8Array): void => {
      failOtherLight(failed, values.elevation, daylight)
      failOriginsToo(failed, places.origin, without)
    }
    asks.push(ask('daylight', daylight, judge))
  }
  if (degradeFlags.length > 0) {
    const without = lacking('degrade_flag')
    const judge = (failed: Uint8Array): void => {
      failUnlisted(failed, values.degrade, degradeFlags)
      failOriginsToo(failed, places.origin, without)
    }
    asks.push(ask('degrade-flag', degradeFlags, judge))
  }
  return asks
}

/** Filters on place and time; times and years are those of the granules. */
function placeAsks({ places, origins }: ShotWorld, s: Settings, area: AreaRows | null): Criterion[] {
  const { lon, lat, origin } = places
  const { bbox } = s
  const onGranules = (name: ExploreFilter, key: unknown, fails: (acquired: number) => boolean): Criterion => {
    const marks = Uint8Array.from(origins, ({ acquired }) => Number(fails(acquired)))
    return { ...ask(name, key, (failed) => failOrigins(failed, origin, marks)), origins: marks }
  }
  const asks = [
    onGranules('years', [s.trainYears, s.testYears], (acquired) => splitOfYear(acquired, s) === 0),
  ]
  if (s.dateFrom !== null || s.dateTo !== null) {
    const from = s.dateFrom === null ? -Infinity : Date.parse(s.dateFrom)
    const end = s.dateTo === null ? Infinity : Date.parse(s.dateTo) + DAY_MS
    asks.push(onGranules('dates', [s.dateFrom, s.dateTo], (acquired) => acquired < from || acquired >= end))
  }
  if (bbox !== null) asks.push(ask('bounding-box', bbox, (failed) => failOutsideBox(failed, lon, lat, bbox)))
  if (area !== null) asks.push(ask('area', area.key, (failed) => failUnmarked(failed, area.inside)))
  return asks
}

/** Bits of the columns that the settings need, a sum of NEEDS. */
export function neededColumns(settings: Settings | null): number {
  if (settings === null) return 0
  return (
    (settings.minSensitivity === null ? 0 : NEEDS.sensitivity) |
    (settings.daylight === 'any' ? 0 : NEEDS.solar_elevation) |
    (settings.degradeFlags.length === 0 ? 0 : NEEDS.degrade_flag)
  )
}

/** Split of a time of acquisition: 0 none, 1 train, 2 test. */
export function splitOfYear(acquired: number, { trainYears, testYears }: Settings): number {
  const year = new Date(acquired).getUTCFullYear()
  if (trainYears.includes(year)) return 1
  return testYears.includes(year) ? 2 : 0
}
