import fc from 'fast-check'
import type { ExploreRecord } from '../../src-shared/explore/record'
import { BEAMS } from '../../src-shared/settings/footprint-settings'
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings'
import type { BeamColumns } from '../footprints/granule-fixture'
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
      ['2020-01-01', null],
      [null, '2020-12-31'],
      ['2020-06-07', '2020-06-07'],
    ),
    beams: fc.constantFrom<Settings['beams']>([], ['coverage'], ['full-power'], ['BEAM0101', 'BEAM0000']),
    minSensitivity: fc.constantFrom(null, null, 0.9, 0.95),
    daylight: fc.constantFrom<Settings['daylight']>('any', 'any', 'day', 'night'),
    degradeFlags: fc.constantFrom([], [], [0], [3, 0]),
    years: fc.constantFrom([[2020], [2021]], [[2019], [2020, 2021]], [[], [2019]]),
  })
  .map(({ agbd, dates, years, ...others }) => ({
    ...DEFAULT_SETTINGS,
    ...others,
    ...{ minAgbd: agbd[0], maxAgbd: agbd[1], dateFrom: dates[0], dateTo: dates[1] },
    ...{ trainYears: years[0], testYears: years[1] },
  }))

/** Numbers from 0 to 1, the same for a seed. */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Columns of a beam with all that granules hold: good values, values at the limits, fill values, none. */
export function roughBeam(count: number, firstShot: bigint, seed: number): Required<BeamColumns> {
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

/** Records of all rows of a layer. */
export function allRecords(layer: FootprintLayer): ExploreRecord[] {
  return Array.from({ length: layer.map.opened().rows }, (_, row) => layer.record(row))
}
