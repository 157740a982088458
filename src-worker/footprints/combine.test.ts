import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realFile, REFERENCE_DIR, SAMPLE_DIR } from '../../e2e/tools'
import type { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS, type Split } from '../../src-shared/footprint/footprint'
import { DEFAULT_SETTINGS, type Settings } from '../../src-shared/settings/settings'
import { withHdf5 } from '../hdf5/file-reader'
import { quietContext, type JobContext } from '../process/context'
import { combineFootprints } from './combine'
import { combineSummarySchema, type CombineSummary } from './combine-summary'
import { goodBeam, makeGranule, type BeamColumns } from './granule-fixture'
import type { IngestedGranule } from './granule-overlap'
import { findGranules } from './granule-search'
import { ingestGranule } from './ingest'
import { TABLE_HEADER } from './write-table'

const REAL = realFile('gedi/GEDI04_A_2021150031254_O13948_03_T06447_02_002_01_V002.h5')

let folder = ''
let counter = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'combine-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function newFolder(): Promise<string> {
  const path = join(folder, String(++counter))
  await mkdir(path)
  return path
}

async function ingestAll(inputs: readonly string[]): Promise<IngestedGranule[]> {
  const output = await newFolder()
  const { granules } = await findGranules(inputs)
  return Promise.all(
    granules.map(async ({ path, name }) => {
      const parquet = join(output, `${name}.parquet`)
      return { parquet, summary: await ingestGranule({ path, output: parquet }, quietContext()) }
    }),
  )
}

/** A granule of the given beams, ingested. */
async function ingested(name: string, beams: Record<string, BeamColumns>): Promise<IngestedGranule> {
  const path = await makeGranule(join(await newFolder(), name), beams)
  const [granule] = await ingestAll([path])
  return granule
}

interface Combined {
  summary: CombineSummary
  tables: Record<Split, string>
  shots: Record<Split, string[]>
  skipped: StudioError[]
}

async function combine(
  granules: readonly IngestedGranule[],
  settings: Partial<Settings> = {},
  options: { threads?: number; areaGeoJson?: string } = {},
): Promise<Combined> {
  const output = await newFolder()
  const outputs = { train: join(output, 'train.csv'), test: join(output, 'test.csv') }
  const skipped: StudioError[] = []
  const ctx: JobContext = { ...quietContext(), skipped: (error) => skipped.push(error) }
  const summary = await combineFootprints(
    {
      granules,
      settings: { ...DEFAULT_SETTINGS, ...settings },
      outputs,
      memoryMb: 512,
      tempDirectory: join(output, 'spill'),
      ...options,
    },
    ctx,
  )
  expect(combineSummarySchema.parse(summary)).toEqual(summary)
  expect(accounted(summary)).toBe(summary.shots)
  expect((await readdir(output)).sort()).toEqual(['test.csv', 'train.csv'])
  const tables = { train: await readFile(outputs.train, 'utf8'), test: await readFile(outputs.test, 'utf8') }
  return { summary, tables, shots: { train: shotsOf(tables.train), test: shotsOf(tables.test) }, skipped }
}

function shotsOf(table: string): string[] {
  const [header, ...lines] = table.trimEnd().split('\n')
  expect(header).toBe(TABLE_HEADER)
  return lines.map((line) => line.split(';')[4])
}

/** Every shot ends in exactly one place. */
function accounted({
  withoutPosition,
  duplicates,
  filters,
  otherYears,
  train,
  test,
}: CombineSummary): number {
  const removed = filters.reduce((sum, filter) => sum + filter.removed, 0)
  const others = otherYears.reduce((sum, year) => sum + year.shots, 0)
  return withoutPosition + duplicates + removed + others + train + test
}

const removedBy = ({ summary }: Combined): Record<string, number> =>
  Object.fromEntries(
    summary.filters.filter(({ removed }) => removed > 0).map(({ name, removed }) => [name, removed]),
  )

describe('combining the sample', () => {
  let granules: IngestedGranule[] = []
  beforeAll(async () => {
    granules = await ingestAll([join(SAMPLE_DIR, 'gedi')])
  })

  it.each(SPLITS)('keeps exactly the footprints of the independent reference: %s', async (split) => {
    const { shots } = await combine(granules)
    const samples = await withHdf5(join(REFERENCE_DIR, 'sample-expected.h5'), (file) =>
      [...file.read(`${split}/shot`)].map(String),
    )
    const rejections = await readFile(join(REFERENCE_DIR, 'sample-expected-rejections.csv'), 'utf8')
    const rejected = rejections
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','))
      .filter(([, of]) => of === split)
      .map(([shot]) => shot)
    expect(samples.length).toBeGreaterThan(0)
    expect(shots[split].toSorted()).toEqual([...samples, ...rejected].toSorted())
  })

  it('writes the same bytes for any order of granules and any number of threads', async () => {
    const first = await combine(granules, {}, { threads: 1 })
    for (const [order, threads] of [
      [granules.toReversed(), 1],
      [granules, 2],
      [[granules[2], granules[0], granules[3], granules[1]], 2],
    ] as const) {
      const again = await combine(order, {}, { threads })
      expect(again.tables).toEqual(first.tables)
      expect(again.summary).toEqual(first.summary)
    }
  })

  it('shuffles by the seed', async () => {
    const [a, b] = [await combine(granules, { seed: 1 }), await combine(granules, { seed: 2 })]
    expect(a.shots.train).not.toEqual(b.shots.train)
    expect(a.shots.train.toSorted()).toEqual(b.shots.train.toSorted())
    expect(a.shots.train).not.toEqual(a.shots.train.toSorted())
  })

  it('writes rows as documented', async () => {
    const { tables } = await combine(granules)
    // The first shot of BEAM0101 of the granule of 7 June 2020, values as h5py reads them.
    expect(tables.train.split('\n')).toContain(
      '73.09019;12.410386;8.971254176164667;47.9864364186321;83310420000090071;76738569.123456;1;1;1;GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5;2020-06-07T04:11:09Z',
    )
  })

  it('keeps footprints of other years out and counts them', async () => {
    const { summary, shots } = await combine(granules, { trainYears: [2019], testYears: [2021] })
    const all = await combine(granules)
    expect(shots.train).toEqual([])
    expect(summary.otherYears).toEqual([{ year: 2020, shots: all.summary.train }])
    expect(summary.test).toBe(all.summary.test)
  })

  it('stops when it is cancelled and leaves nothing', async () => {
    const output = await newFolder()
    const request = {
      granules,
      settings: DEFAULT_SETTINGS,
      outputs: { train: join(output, 'a.csv'), test: join(output, 'b.csv') },
      memoryMb: 256,
      tempDirectory: join(output, 'spill'),
    }
    const ctx = quietContext(AbortSignal.abort())
    await expect(combineFootprints(request, ctx)).rejects.toMatchObject({ tag: 'cancelled' })
    const controller = new AbortController()
    const late = { ...quietContext(controller.signal), log: () => controller.abort() }
    await expect(combineFootprints(request, late)).rejects.toMatchObject({ tag: 'cancelled' })
    expect(await readdir(output)).toEqual([])
  })
})

describe('combining the real granule', () => {
  it.skipIf(REAL === null)('keeps 708 of 966 shots (needs ../shared/real)', async () => {
    const { summary } = await combine(await ingestAll([REAL ?? '']))
    expect(summary).toMatchObject({ shots: 966, test: 708, train: 0 })
    expect(summary.filters.find(({ name }) => name === 'agbd-positive')?.removed).toBe(4)
  })
})

const NAME = 'GEDI04_A_2020159041109_O08331_02_T08331_02_002_02_V002.h5'
const NEWER = NAME.replace('V002', 'V003')

describe('versions of a granule', () => {
  it('give the newest version of each shot, whichever file comes first', async () => {
    const newer = { ...goodBeam(3), agbd: new Float32Array([100, 101, 102]) }
    const old = await ingested(NAME, { BEAM0000: goodBeam(5), BEAM0001: goodBeam(2, 500n) })
    const young = await ingested(NEWER, { BEAM0000: newer })
    for (const order of [
      [old, young],
      [young, old],
    ]) {
      const { summary, tables } = await combine(order)
      expect(summary).toMatchObject({ shots: 10, duplicates: 3, train: 7 })
      expect(tables.train.split('\n').filter((line) => line.includes(NEWER))).toHaveLength(3)
      expect(tables.train).toContain('100.0;10.0;')
    }
  })

  it('drop a shot whose newest version fails the filters', async () => {
    const newer = { ...goodBeam(3), agbd: new Float32Array([-9999, 51, 52]) }
    const { summary } = await combine([
      await ingested(NAME, { BEAM0000: goodBeam(3) }),
      await ingested(NEWER, { BEAM0000: newer }),
    ])
    expect(summary).toMatchObject({ duplicates: 3, train: 2 })
  })

  it('are told apart by name also where other granules share the shots', async () => {
    const names = [3, 1, 2].map((k) => NAME.replace('O08331', `O0833${k}`))
    const granules = await Promise.all(
      names.map((name, index) =>
        ingested(name, { BEAM0000: { ...goodBeam(4, 1000n + BigInt(index) * 13n) } }),
      ),
    )
    const { summary, tables } = await combine(granules)
    // Shots 1000 … 1065 in steps of 13 in three windows of four: six different ones, the name O08333 wins 4, O08332 2.
    expect(summary).toMatchObject({ shots: 12, duplicates: 6, train: 6 })
    const count = (orbit: string): number => tables.train.split(orbit).length - 1
    expect([count('O08331'), count('O08332'), count('O08333')]).toEqual([0, 2, 4])
  })
})

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

describe('no granule', () => {
  it('is an error', async () => {
    await expect(combine([])).rejects.toMatchObject({ tag: 'no-granules' })
  })

  it('is confused by signs in its path', async () => {
    const odd = join(await newFolder(), "it's [odd] *?")
    await mkdir(odd)
    const path = join(odd, NAME)
    await copyFile(join(SAMPLE_DIR, 'gedi', NAME), path)
    const parquet = join(odd, 'x[1].parquet')
    const summary = await ingestGranule({ path, output: parquet }, quietContext())
    expect((await combine([{ parquet, summary }])).summary.train).toBeGreaterThan(100)
  })
})
