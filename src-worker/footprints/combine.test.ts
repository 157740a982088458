import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { realFile, REFERENCE_DIR, SAMPLE_DIR } from '../../e2e/tools'
import { SPLITS } from '../../src-shared/footprint/footprint'
import { DEFAULT_SETTINGS } from '../../src-shared/settings/settings'
import { withHdf5 } from '../hdf5/file-reader'
import { quietContext } from '../process/context'
import { combineFootprints } from './combine'
import { combine, ingestAll, ingested, NAME, NEWER, newFolder } from './combine-fixture'
import { goodBeam } from './granule-fixture'
import type { IngestedGranule } from './granule-overlap'
import { ingestGranule } from './ingest'

const REAL = realFile('gedi/GEDI04_A_2021150031254_O13948_03_T06447_02_002_01_V002.h5')

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
