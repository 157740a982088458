import fc from 'fast-check'
import type { ExploreRecord } from '../../src-shared/explore/record'
import { BEAMS } from '../../src-shared/settings/footprint-settings'
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings'
import type { BeamColumns } from '../footprints/granule-fixture'
import { beamCode } from '../footprints/shot-columns'
import { NO_DEGRADE, orderOnMap, placesFor, type Origin } from './columns'
import type { ShotWorld } from './load-granules'
import { SHOWN } from './map-rows'
import type { FootprintLayer } from './footprint-layer'

/** Any settings of the filters, often such that they keep something. */
export const filterSettings: fc.Arbitrary<Settings> = fc
  .record({
    requireL2Quality: fc.boolean(),
    requireL4Quality: fc.boolean(),
    requireSurface: fc.boolean(),
    requirePositiveAgbd: fc.boolean(),
    maxRelativeStandardError: fc.constantFrom(0, 0.1, 0.2, 0.3, 0.5, 100),
    agbd: fc.constantFrom([null, null], [0, null], [50.1, null], [null, 120], [20, 90.3]),
    bbox: fc.constantFrom<Settings['bbox']>(
      null,
      [9, 47, 10, 49],
      [179, -10, -179, 90],
      [9.2, 47.5, 9.8, 48.1],
    ),
    dates: fc.constantFrom(
      [null, null],
      ['2021-01-01', null],
      [null, '2020-12-31'],
      ['2020-06-07', '2020-06-07'],
    ),
    beams: fc.constantFrom<Settings['beams']>([], ['coverage'], ['full-power'], ['BEAM0101', 'BEAM0000']),
    minSensitivity: fc.constantFrom(null, null, 0.9, 0.95),
    daylight: fc.constantFrom<Settings['daylight']>('any', 'any', 'day', 'night'),
    degradeFlags: fc.constantFrom<number[][]>([], [], [0], [3, 0]),
    years: fc.constantFrom<[number[], number[]][]>([[2020], [2021]], [[2019], [2020, 2021]], [[], [2019]]),
  })
  .map(({ agbd, dates, years, ...others }) => ({
    ...DEFAULT_SETTINGS,
    ...others,
    ...{ minAgbd: agbd[0], maxAgbd: agbd[1], dateFrom: dates[0], dateTo: dates[1] },
    ...{ trainYears: years[0], testYears: years[1] },
  }))

/** Numbers from 0 to 1, the same for a seed. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

interface RoughBeam {
  agbd: Float32Array
  agbd_se: Float32Array
  lon_lowestmode: Float64Array
  lat_lowestmode: Float64Array
  shot_number: BigUint64Array
  delta_time: Float64Array
  l2_quality_flag: Uint8Array
  l4_quality_flag: Uint8Array
  surface_flag: Uint8Array
  sensitivity: Float32Array
  solar_elevation: Float32Array
  degrade_flag: Uint8Array
}

/** Columns of a beam with all that granules hold: good values, values at the limits, fill values, none. */
function roughBeam(count: number, firstShot: bigint, seed: number): RoughBeam {
  const random = numbers(seed)
  const pick = <Value>(...values: readonly Value[]): Value => values[Math.floor(random() * values.length)]
  const list = <Value>(value: () => Value): Value[] => Array.from({ length: count }, value)
  const agbd = list(() =>
    pick(0, -3, NaN, Infinity, -9999, 50.1, 120, 200 * random(), 200 * random(), 80 * random()),
  )
  return {
    agbd: Float32Array.from(agbd),
    agbd_se: Float32Array.from(agbd, (value) =>
      pick(-9999, NaN, 0.5 * value, value * random(), 0.3 * random() * value),
    ),
    lon_lowestmode: Float64Array.from(
      list(() => pick(180, -180, 179.5, 9, 9 + random(), 9 + random(), 9 + random())),
    ),
    lat_lowestmode: Float64Array.from(list(() => pick(47, 49, -10, 47 + 2 * random(), 47 + 2 * random()))),
    shot_number: BigUint64Array.from(
      list(() => 0n),
      (_, index) => firstShot + BigInt(index),
    ),
    delta_time: Float64Array.from(list(random)),
    l2_quality_flag: Uint8Array.from(list(() => pick(1, 1, 1, 1, 0, 2))),
    l4_quality_flag: Uint8Array.from(list(() => pick(1, 1, 1, 1, 0))),
    surface_flag: Uint8Array.from(list(() => pick(1, 1, 1, 1, 0))),
    sensitivity: Float32Array.from(
      list(() => pick(0.9, 0.95, 0.9499, NaN, -9999, Infinity, 0.9 + 0.1 * random())),
    ),
    solar_elevation: Float32Array.from(list(() => pick(0, -0.001, 90, -90, -9999, NaN, 180 * random() - 90))),
    degrade_flag: Uint8Array.from(list(() => pick(0, 0, 0, 3, 4))),
  }
}

/** Beams of both kinds with shots that no other granule of another `firstShot` has. */
export function roughBeams(
  firstShot: bigint,
  seed: number,
  without: keyof BeamColumns | null = null,
): Record<string, BeamColumns> {
  return Object.fromEntries(
    [BEAMS[0], BEAMS[4]].map((beam, index) => {
      const columns = roughBeam(120, firstShot + BigInt(index) * 1000n, seed + index)
      return [beam, without === null ? columns : { ...columns, [without]: undefined }]
    }),
  )
}

/** Records of all footprints that count under the present settings, each shot once. */
export function allRecords(layer: FootprintLayer): ExploreRecord[] {
  const { keys, shown, status } = layer.map.rows
  return [...keys.keys()].filter((row) => shown[status[row]] !== SHOWN.hidden).map((row) => layer.record(row))
}

/** A world of rough values in memory, with granules of three years, some of which lack columns, and older versions. */
export async function roughWorld(rows: number, seed: number): Promise<ShotWorld> {
  const random = numbers(seed)
  const columns = roughBeam(rows, 1000n, seed + 1)
  const origins = Array.from({ length: 12 }, (_, index): Origin => ({
    granule: `granule ${index}`,
    acquired: Date.UTC(2019, 0, 3 + Math.floor(1090 * random()), 5),
    split: null,
    lacks: index % 4 === 0 ? Math.floor(8 * random()) : 0,
  }))
  const places = {
    ...placesFor(rows),
    ...{ lon: columns.lon_lowestmode, lat: columns.lat_lowestmode, shot: columns.shot_number },
    ...{ agbd: columns.agbd, agbdSe: columns.agbd_se },
    ...{ l2: columns.l2_quality_flag, l4: columns.l4_quality_flag, surface: columns.surface_flag },
    origin: Uint32Array.from({ length: rows }, () => Math.floor(origins.length * random())),
  }
  const values = {
    beam: Uint8Array.from({ length: rows }, () => beamCode(BEAMS[Math.floor(BEAMS.length * random())])),
    sensitivity: columns.sensitivity,
    elevation: columns.solar_elevation,
    degrade: Uint16Array.from(columns.degrade_flag, (flag) => (random() < 0.1 ? NO_DEGRADE : flag)),
    hidden: Uint8Array.from({ length: rows }, () => (random() < 0.1 ? Math.floor(256 * random()) : 0)),
  }
  const more = [values.beam, values.sensitivity, values.elevation, values.degrade, values.hidden]
  const { keys } = await orderOnMap(places, rows, more, new AbortController().signal)
  return { places, values, keys, origins, filterable: true }
}
