import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { optionalTool, PYTHON, REFERENCE_DIR } from '../../e2e/tools'
import { BAND_NAMES } from '../../src-shared/dataset/bands'
import { bandStatisticsSchema, PERCENTILES } from '../../src-shared/dataset/statistics'
import { quietContext } from '../process/context'
import { FloatStatistics } from './float-statistics'
import { madeSamples } from './sample-fixtures'
import type { SampleColumns } from './sample-columns'
import { createSamplesFile } from './samples-file'
import { datasetStatistics } from './statistics'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'statistics-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function write(
  name: string,
  columns: SampleColumns,
  attributes: Record<string, string> = {},
): Promise<string> {
  const path = join(folder, name)
  const file = await createSamplesFile(path, { compression: 1, slopeUnit: 'percent', attributes })
  file.append(columns)
  await file.close()
  return path
}

/** Samples with holes: no data in a band, in the terrain and in the biomass. */
function samplesWithHoles(count: number): SampleColumns {
  const columns = madeSamples(count)
  for (let i = 0; i < count; i++) {
    columns.uint16('Sentinel-2 L2A', i).fill(0, 3 * 1024, 3 * 1024 + 10 * (i % 7))
    columns.uint16('Sentinel-2 L2A', i).fill(0, 9 * 1024, 10 * 1024)
    columns.float32('CopDEM', i).fill(-9999, 0, i)
    columns.float32('CopDEM', i)[500] = i % 2 === 0 ? -12.5 - i : 3000
    columns.float32('CopDEM', i)[1024] = NaN
    columns.uint8('WorldCover', i)[5] = i === 0 ? 7 : 80
  }
  return columns
}

const NUMPY = `
import h5py, json, numpy as np, sys
d = h5py.File(sys.argv[1], 'r')['data']
def continuous(v):
    v = v[np.isfinite(v)].astype('f8')
    if not len(v): return dict(count=0)
    return dict(count=len(v), mean=v.mean(), standardDeviation=v.std(), minimum=v.min(), maximum=v.max(), percentiles=np.percentile(v, [1, 25, 50, 75, 99]).tolist())
def classes(v):
    values, counts = np.unique(v, return_counts=True)
    return {str(k): int(n) for k, n in zip(values, counts)}
s2, dem, agbd = d['Sentinel-2 L2A'][:], d['CopDEM'][:], d['AGBD Values'][:]
floats = [dem[:, 0], dem[:, 1], agbd]
print(json.dumps(dict(
    bands=[continuous(s2[:, k][s2[:, k] != 0]) for k in range(1, 12)] + [continuous(v[v != -9999]) for v in floats],
    scl=classes(s2[:, 0]), landcover=classes(d['WorldCover'][:]))))`

interface Reference {
  bands: { count: number; mean?: number; percentiles?: number[] }[]
  scl: Record<string, number>
  landcover: Record<string, number>
}

describe('statistics of a dataset file', () => {
  it.skipIf(!optionalTool('h5py'))("are numpy's", async () => {
    const path = await write('numpy.h5', samplesWithHoles(261))
    const statistics = await datasetStatistics(path, quietContext())
    const answer = execFileSync(PYTHON, ['-c', NUMPY, path], { encoding: 'utf8' })
    const expected = JSON.parse(answer) as Reference
    const continuous = statistics.filter((entry) => entry.kind === 'continuous')
    expect(continuous.map((entry) => entry.name)).toEqual([
      ...BAND_NAMES.slice(1),
      'altitude',
      'slope',
      'AGBD',
    ])
    for (const [k, found] of continuous.entries()) {
      const { percentiles, ...moments } = expected.bands[k]
      for (const [key, value] of Object.entries(moments)) {
        const digits = key === 'mean' || key === 'standardDeviation' ? 1e-12 : 0
        expect(
          Math.abs(Number(Reflect.get(found, key)) - value) / Math.abs(value || 1),
          `${found.name} ${key}`,
        ).toBeLessThanOrEqual(digits)
      }
      if (percentiles === undefined)
        expect(found.percentiles.map(({ value }) => value)).toEqual(PERCENTILES.map(() => null))
      else {
        found.percentiles.forEach(({ value }, i) => expect(value, found.name).toBeCloseTo(percentiles[i], 9))
      }
    }
    const [scl, landcover] = statistics.filter((entry) => entry.kind === 'classes')
    const pixels = (entry: typeof scl): Record<string, number> =>
      Object.fromEntries(
        entry.classes.filter((row) => row.pixels > 0).map((row) => [String(row.value), row.pixels]),
      )
    expect(pixels(scl)).toEqual(expected.scl)
    expect(pixels(landcover)).toEqual(expected.landcover)
    expect(landcover.classes.find((row) => row.value === 7)?.label).toBe('unknown')
    expect(scl.classes.reduce((sum, row) => sum + row.share, 0)).toBeCloseTo(1, 12)
  })

  it('cross a process border unchanged', async () => {
    const statistics = await datasetStatistics(await write('json.h5', madeSamples(2)), quietContext())
    expect(bandStatisticsSchema.array().parse(JSON.parse(JSON.stringify(statistics)))).toEqual(statistics)
  })

  it.each([
    [{ settings: '{"slopeUnit":"degrees"}' }, '°'],
    [{ settings: '{"slopeUnit":"percent"}' }, '%'],
    [{ settings: 'no JSON' }, '%'],
    [{}, '%'],
  ])('give the slope in the unit of the settings %j', async (attributes, unit) => {
    const statistics = await datasetStatistics(
      await write('unit.h5', madeSamples(1), attributes),
      quietContext(),
    )
    expect(statistics.find(({ name }) => name === 'slope')).toMatchObject({ unit })
  })

  it('of no samples are empty', async () => {
    const progress: number[] = []
    const context = { ...quietContext(), progress: (done: number) => progress.push(done) }
    const statistics = await datasetStatistics(await write('none.h5', madeSamples(0)), context)
    expect(statistics).toHaveLength(16)
    for (const entry of statistics) {
      expect(entry.count).toBe(0)
      if (entry.kind === 'continuous') expect([entry.mean, entry.minimum]).toEqual([null, null])
    }
    expect(progress).toEqual([])
  })

  it('are refused for a file of another structure, a damaged one, and when cancelled', async () => {
    const foreign = join(REFERENCE_DIR, 'sample-expected.h5')
    await expect(datasetStatistics(foreign, quietContext())).rejects.toMatchObject({ tag: 'dataset-invalid' })
    const path = await write('damaged.h5', madeSamples(3))
    await expect(datasetStatistics(path, quietContext(AbortSignal.abort()))).rejects.toMatchObject({
      tag: 'cancelled',
    })
    const bytes = readFileSync(path)
    writeFileSync(path, bytes.fill(0x55, bytes.length - 60_000, bytes.length - 30_000))
    await expect(datasetStatistics(path, quietContext())).rejects.toMatchObject({ tag: 'hdf5-read' })
  })
})

describe('statistics of floats', () => {
  it('find the percentiles of any numbers exactly', () => {
    const numbers = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 1,
      maxLength: 300,
    })
    fc.assert(
      fc.property(numbers, (values) => {
        const floats = Float32Array.from(values).filter((value) => value !== -9999)
        fc.pre(floats.length > 0)
        const statistics = new FloatStatistics()
        statistics.count(floats)
        statistics.turn()
        statistics.refine(floats)
        const sorted = floats.slice().sort()
        const result = statistics.result('x', '')
        expect(result.minimum).toBe(Math.min(...sorted))
        for (const { percent, value } of result.percentiles) {
          const position = (percent / 100) * (sorted.length - 1)
          const low = sorted[Math.floor(position)]
          const high = sorted[Math.ceil(position)]
          expect(value).toBeGreaterThanOrEqual(low)
          expect(value).toBeLessThanOrEqual(high)
          if (Number.isInteger(position)) expect(value).toBeCloseTo(low, 10)
        }
      }),
    )
  })
})
