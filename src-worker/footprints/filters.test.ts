import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Settings } from '../../src-shared/settings/settings'
import { combine, ingested, NAME, NEWER, removedBy } from './combine-fixture'
import { goodBeam, type BeamColumns } from './granule-fixture'
import type { IngestedGranule } from './granule-overlap'

describe('filters', () => {
  const one = async (columns: BeamColumns, count = 6, beam = 'BEAM0000'): Promise<IngestedGranule[]> => [
    await ingested(NAME, { [beam]: { ...goodBeam(count), ...columns } }),
  ]

  it('count a shot for the first that it fails', async () => {
    const granules = await one({
      l2_quality_flag: new Uint8Array([0, 1, 1, 1, 1, 2]),
      l4_quality_flag: new Uint8Array([0, 0, 1, 1, 1, 1]),
      surface_flag: new Uint8Array([0, 0, 0, 1, 1, 1]),
      agbd: new Float32Array([0, 0, 0, 0, 50, 50]),
    })
    expect(removedBy(await combine(granules))).toEqual({
      'l2-quality': 2,
      'l4-quality': 1,
      surface: 1,
      'agbd-positive': 1,
    })
    const open = {
      requireL2Quality: false,
      requireL4Quality: false,
      requireSurface: false,
      requirePositiveAgbd: false,
    }
    expect(removedBy(await combine(granules, open))).toEqual({ 'relative-standard-error': 4 })
  })

  it('take NaN, infinity and the fill value for missing', async () => {
    const granules = await one({
      agbd: new Float32Array([NaN, Infinity, -9999, 50, 50, 50]),
      agbd_se: new Float32Array([1, 1, 1, NaN, -9999, 1]),
    })
    expect(removedBy(await combine(granules))).toEqual({ 'agbd-missing': 3, 'relative-standard-error': 2 })
  })

  it('compute the relative standard error in float64, strictly below the limit', async () => {
    // In float64 the first two quotients lie just below 0.37 and the next two just above 0.41; in float32 on the other
    // side. The fifth is 0.5, the sixth just below it.
    const granules = await one({
      agbd: new Float32Array([
        297.90631103515625, 165.2360076904297, 211.20571899414062, 199.8948211669922, 2, 100,
      ]),
      agbd_se: new Float32Array([
        110.22533416748047, 61.13732147216797, 86.59434509277344, 81.95687866210938, 1, 49.999996,
      ]),
    })
    const kept = async (maxRelativeStandardError: number): Promise<number> =>
      (await combine(granules, { maxRelativeStandardError })).summary.train
    expect([await kept(0.37), await kept(0.41), await kept(0.5), await kept(0.51)]).toEqual([2, 2, 5, 6])
  })

  it.each<[Partial<Settings>, number[]]>([
    [{ minAgbd: 51 }, [1, 2, 3, 4, 5]],
    [{ minAgbd: 51.1, maxAgbd: 53 }, [2, 3]],
    [{ bbox: [9.001, 47.9965, 9.004, 48] }, [1, 2, 3]],
    [{ bbox: [9.003, 40, 9.001, 50] }, [0, 1, 3, 4, 5]],
    [{ minSensitivity: 0.95 }, [1, 2, 3]],
    [{ daylight: 'night' }, [0, 1]],
    [{ daylight: 'day' }, [2, 3]],
    [{ degradeFlags: [0, 4] }, [0, 2, 3, 4, 5]],
    [{ dateFrom: '2020-06-07', dateTo: '2020-06-07' }, [0, 1, 2, 3, 4, 5]],
    [{ dateFrom: '2020-06-08' }, []],
    [{ dateTo: '2020-06-06' }, []],
    [{ beams: ['coverage'] }, [0, 1, 2, 3, 4, 5]],
    [{ beams: ['full-power', 'BEAM0001'] }, []],
  ])('%j', async (settings, expected) => {
    const granules = await one({
      sensitivity: new Float32Array([0.9499, 0.95, 0.96, 1, NaN, -9999]),
      solar_elevation: new Float32Array([-50, -0.001, 0, 50, -9999, NaN]),
      degrade_flag: new Uint8Array([0, 3, 0, 4, 0, 0]),
    })
    const { shots } = await combine(granules, settings)
    expect(shots.train.map((shot) => Number(BigInt(shot) - 83310020000090071n) / 13).toSorted()).toEqual(
      expected,
    )
  })

  it('box over the antimeridian', async () => {
    const lon = new Float64Array([179.9, -179.9, 180, -180, 0, 178])
    const { summary } = await combine(await one({ lon_lowestmode: lon }), { bbox: [179, -90, -179, 90] })
    expect(summary.train).toBe(4)
  })

  it('choose beams of every kind', async () => {
    const beams = ['BEAM0000', 'BEAM0011', 'BEAM0101', 'BEAM1011']
    const granule = await ingested(
      NAME,
      Object.fromEntries(beams.map((beam, index) => [beam, goodBeam(index + 1, BigInt(index) * 1000n)])),
    )
    expect((await combine([granule], { beams: ['coverage'] })).summary.train).toBe(3)
    expect((await combine([granule], { beams: ['full-power'] })).summary.train).toBe(7)
    expect((await combine([granule], { beams: ['BEAM1011', 'coverage'] })).summary.train).toBe(7)
  })

  it('keep shots inside polygons, outside of their holes', async () => {
    const square = (west: number, east: number): number[][] => [
      [west, 40],
      [east, 40],
      [east, 50],
      [west, 50],
      [west, 40],
    ]
    const geometry = {
      type: 'MultiPolygon',
      coordinates: [[square(8.9, 9.0035), square(9.0005, 9.0015)], [square(9.0045, 9.0055)]],
    }
    const areaGeoJson = JSON.stringify({ type: 'Feature', geometry })
    const combined = await combine(await one({}), { area: 'area.geojson' }, { areaGeoJson })
    expect(combined.summary.train).toBe(4)
    expect(removedBy(combined)).toEqual({ area: 2 })
    await expect(combine(await one({}), { area: 'x.geojson' }, { areaGeoJson: '{}' })).rejects.toMatchObject({
      tag: 'area-invalid',
      file: 'x.geojson',
    })
  })

  it('leave out a granule that lacks their column, by name, and its older version stands', async () => {
    const lacking = { ...goodBeam(3), sensitivity: undefined }
    const granules = [
      await ingested(NAME, { BEAM0000: goodBeam(3) }),
      await ingested(NEWER, { BEAM0000: lacking }),
    ]
    const { summary, skipped } = await combine(granules, { minSensitivity: 0.9 })
    expect(summary).toMatchObject({
      granules: 1,
      shots: 3,
      duplicates: 0,
      train: 3,
      leftOut: [{ granule: NEWER, columns: ['sensitivity'] }],
    })
    expect(skipped.map(({ tag, file }) => [tag, basename(file ?? '')])).toEqual([
      ['granule-incomplete', NEWER],
    ])
    expect((await combine(granules)).summary).toMatchObject({ train: 3, duplicates: 3, leftOut: [] })
    await expect(combine(granules.slice(1), { minSensitivity: 0.9 })).rejects.toMatchObject({
      tag: 'no-granules',
    })
  })
})
