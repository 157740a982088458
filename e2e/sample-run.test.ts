import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { SPLITS, type Split } from '../src-shared/footprint/footprint'
import { reportSchema, type Report } from '../src-shared/run/report'
import { withHdf5 } from '../src-worker/hdf5/file-reader'
import { gediDataset, onSample, temporaryFolder, type Finished } from './command-line'
import { digestsOf, readDataset, type DatasetContent } from './dataset'
import { referenceRejections, referenceSamples } from './reference'
import { SAMPLE_DIR } from './tools'

const folder = temporaryFolder('sample')
const input = join(SAMPLE_DIR, 'gedi')

function report(output: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(join(output, 'report.json'), 'utf8')))
}

function rejections(output: string, split: Split): Map<bigint, string> {
  const [header, ...lines] = readFileSync(join(output, 'rejections.csv'), 'utf8').trim().split('\n')
  expect(header).toBe('shot_number,split,reason')
  const rows = lines.map((line) => line.split(','))
  expect(new Set(rows.map(([shot]) => shot)).size).toBe(rows.length)
  return new Map(rows.filter((row) => row[1] === split).map(([shot, , reason]) => [BigInt(shot), reason]))
}

describe('the sample, from granules to datasets', () => {
  const output = join(folder, 'one')
  const datasets = new Map<Split, DatasetContent>()
  let finished: Finished

  beforeAll(async () => {
    finished = await gediDataset(...onSample('run', output, '--workers', '1'))
    for (const split of SPLITS) datasets.set(split, await readDataset(join(output, `${split}_dataset.h5`)))
  })

  const dataset = (split: Split): DatasetContent => {
    const found = datasets.get(split)
    if (found === undefined) throw new Error(`no ${split} dataset`)
    return found
  }

  it('ends well and prints the summary', () => {
    expect(finished).toMatchObject({ status: 0 })
    expect(finished.out).toMatch(/train: 578 combined, 578 in the subset, 47 samples/)
    expect(finished.out).toMatch(/rejected 179: no-scene 97/)
  })

  it.each(SPLITS)('rejects the footprints that the reference rejects, for its reasons (%s)', (split) => {
    expect(rejections(output, split)).toEqual(referenceRejections(split))
  })

  it.each(SPLITS)('has the reference’s samples, number by number (%s)', async (split) => {
    const reference = await referenceSamples(split)
    const data = dataset(split)
    const shots = data['GEDI Shot Number'] as BigInt64Array
    expect(new Set(shots)).toEqual(new Set(reference.keys()))
    let [bands, b09, altitude, slope] = [0, 0, 0, 0]
    for (const [i, shot] of shots.entries()) {
      const expected = reference.get(shot)
      if (expected === undefined) throw new Error(`shot ${shot}`)
      const part = (name: keyof DatasetContent, size: number): ArrayLike<number> =>
        (data[name] as Float32Array).subarray(i * size, (i + 1) * size)
      const s2 = part('Sentinel-2 L2A', 12288)
      for (let k = 0; k < 12288; k++) {
        const difference = Math.abs(s2[k] - expected.bands[k])
        if (k >= 9 * 1024 && k < 10 * 1024) b09 = Math.max(b09, difference)
        else bands = Math.max(bands, difference)
      }
      const terrain = part('CopDEM', 2048)
      for (let k = 0; k < 1024; k++) {
        altitude = Math.max(altitude, Math.abs(terrain[k] - expected.terrain[k]))
        slope = Math.max(slope, Math.abs(terrain[1024 + k] - expected.terrain[1024 + k]))
      }
      expect(part('WorldCover', 1024)).toEqual(expected.landcover)
      expect(part('AGBD Raster', 1024)).toEqual(expected.agbdRaster)
      expect(part('Transforms', 9)).toEqual(expected.transform)
      expect(part('GEDI Lat Lon', 2)).toEqual(Float32Array.of(expected.lat, expected.lon))
      expect([data['AGBD Values'][i], data['AGBD Standard Error'][i]]).toEqual([
        expected.agbd,
        expected.agbdSe,
      ])
      expect([
        data.CRS[i],
        data['Sentinel-2 Product Name'][i],
        data['WorldCover Tile Name'][i],
        data['CopDEM Tile Name'][i],
        data['GEDI Product Name'][i],
        data['GEDI Acquisition Time'][i],
        Number(data['GEDI Delta Time'][i]),
      ]).toEqual([
        expected.crs,
        expected.product,
        expected.landcoverTile,
        expected.demTile,
        expected.granule,
        expected.acquisition,
        expected.deltaTime,
      ])
      const stats = Array.from({ length: 12 }, (_, k) => Number(data['S2 SCL Stats'][i * 24 + 2 * k + 1]))
      for (const [k, fraction] of stats.entries()) expect(fraction).toBeCloseTo(expected.fractions[k], 3)
    }
    expect(bands).toBe(0)
    expect(b09).toBeLessThanOrEqual(1)
    expect(altitude).toBeLessThan(0.001)
    expect(slope).toBeLessThan(0.01)
  })

  it.each(SPLITS)('keeps the order of the subset table (%s)', (split) => {
    const lines = readFileSync(join(output, `${split}_subset.csv`), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
    const inSubset = lines.map((line) => BigInt(line.split(';')[4]))
    const kept = new Set(dataset(split)['GEDI Shot Number'] as BigInt64Array)
    expect([...(dataset(split)['GEDI Shot Number'] as BigInt64Array)]).toEqual(
      inSubset.filter((shot) => kept.has(shot)),
    )
  })

  it('decodes every needed block once', () => {
    const { reading } = report(output)
    expect(reading.blocksNeeded).toBeGreaterThan(100)
    expect(reading.blocksDecoded).toBe(reading.blocksNeeded)
  })

  it('leaves figures, and nothing half-written', () => {
    for (const split of SPLITS) {
      expect(statSync(join(output, `${split}_distribution_subset.png`)).size).toBeGreaterThan(20_000)
    }
  })

  it('does nothing when it is run again, and says so', async () => {
    const before = SPLITS.map((split) => statSync(join(output, `${split}_dataset.h5`)).mtimeMs)
    const again = await gediDataset('run', '--output', output)
    expect(again.status).toBe(0)
    expect(again.out).toMatch(/Everything was done already/)
    expect(again.out).not.toMatch(/imagery/)
    expect(SPLITS.map((split) => statSync(join(output, `${split}_dataset.h5`)).mtimeMs)).toEqual(before)
  })

  it('says what it was made from by names, not by where these lie', async () => {
    const path = join(output, 'train_dataset.h5')
    const sources = await withHdf5(path, (file) => file.attribute('/', 'sources'))
    expect(JSON.parse(String(sources))).toMatchObject({ inputs: ['gedi'], source: 'sample', demSource: null })
    for (const file of [path, join(output, 'batches', 'train', 'batch_1000_0.h5')]) {
      const bytes = readFileSync(file)
      for (const place of [dirname(SAMPLE_DIR), folder]) expect(bytes.includes(place)).toBe(false)
    }
  })

  it('passes its own check', async () => {
    const checked = await gediDataset('verify', join(output, 'train_dataset.h5'))
    expect(checked).toMatchObject({ status: 0 })
    expect(checked.out).toMatch(/47 samples, no problems/)
  })

  it('comes out byte-equal with three workers, small batches and inputs in another order', async () => {
    const other = join(folder, 'three')
    const granules = report(output).sources.inputs
    expect(granules).toEqual([resolve(input)])
    const files = [
      '2021184214002_O14460_02_T05460',
      '2020159041109_O08331_02_T08331',
      '2020359080000_O11442_02_T02442',
      '2020214150255_O09188_02_T00188',
    ]
    const inputs = files.map((name) => join(input, `GEDI04_A_${name}_02_002_02_V002.h5`))
    const run = await gediDataset(
      'run',
      '--input',
      ...inputs,
      '--source',
      SAMPLE_DIR,
      '--output',
      other,
      '--workers',
      '3',
      '--batch-size',
      '17',
    )
    expect(run.status).toBe(0)
    for (const split of SPLITS) {
      const made = await readDataset(join(other, `${split}_dataset.h5`))
      expect(digestsOf(made)).toEqual(digestsOf(dataset(split)))
      const csv = (base: string, table: string): Buffer => readFileSync(join(base, `${split}_${table}.csv`))
      expect(csv(other, 'combined').equals(csv(output, 'combined'))).toBe(true)
      expect(csv(other, 'subset').equals(csv(output, 'subset'))).toBe(true)
      expect(rejections(other, split)).toEqual(rejections(output, split))
    }
  })

  it('gains samples and loses none where further scenes may be tried', async () => {
    const other = join(folder, 'candidates')
    const run = await gediDataset(...onSample('run', other, '--candidates', '3'))
    expect(run.status).toBe(0)
    const base = dataset('train')
    const more = await readDataset(join(other, 'train_dataset.h5'))
    const placeOf = new Map(Array.from(more['GEDI Shot Number'] as BigInt64Array, (shot, i) => [shot, i]))
    const gained = placeOf.size - base['GEDI Shot Number'].length
    expect(gained).toBeGreaterThan(10)
    for (const [i, shot] of (base['GEDI Shot Number'] as BigInt64Array).entries()) {
      const place = placeOf.get(shot) ?? -1
      expect(more['Sentinel-2 Product Name'][place]).toBe(base['Sentinel-2 Product Name'][i])
    }
    // What a further scene gained was rejected by the classification of the first, never for terrain or land cover.
    const before = rejections(output, 'train')
    const reasons = [...placeOf.keys()]
      .map((shot) => before.get(shot))
      .filter((reason) => reason !== undefined)
    expect(reasons).toHaveLength(gained)
    for (const reason of reasons) expect(reason).toMatch(/^scl-/)
    for (const [shot, reason] of rejections(other, 'train')) {
      if (reason.startsWith('scl-')) expect(before.get(shot)).toBe(reason)
    }
  })
})
