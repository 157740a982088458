import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quietContext } from '../process/context'
import { SampleColumns } from '../hdf5/sample-columns'
import { madeSamples } from '../hdf5/sample-fixtures'
import { createSamplesFile } from '../hdf5/samples-file'
import { datasetStatistics } from '../hdf5/statistics'
import { LayerCounts } from './layer-counts'
import { decodeLayerCounts, encodeLayerCounts, loadLayerCounts, saveLayerCounts } from './layer-counts-file'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'layer-counts-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SAMPLES = 23

/** Samples with holes: no data in a band and in the terrain. */
function samples(): SampleColumns {
  const columns = madeSamples(SAMPLES)
  for (let i = 0; i < SAMPLES; i++) {
    columns.uint16('Sentinel-2 L2A', i).fill(0, 3 * 1024, 3 * 1024 + 10 * i)
    columns.float32('CopDEM', i).fill(-9999, 0, i)
  }
  return columns
}

/** Counts samples in pieces, joined over the file format. */
function countedInPieces(columns: SampleColumns, edges: readonly number[]): LayerCounts {
  const whole = new LayerCounts()
  for (const [piece, end] of edges.entries()) {
    const start = piece === 0 ? 0 : edges[piece - 1]
    const part = new SampleColumns(SAMPLES)
    part.appendFrom(columns, start, end - start)
    const counts = new LayerCounts()
    counts.add(part)
    whole.join(decodeLayerCounts(encodeLayerCounts(counts)))
  }
  return whole
}

test('counts of pieces give the statistics of the whole file', async () => {
  const columns = samples()
  const path = join(folder, 'whole.h5')
  const file = await createSamplesFile(path, { compression: 1, slopeUnit: 'percent', attributes: {} })
  file.append(columns)
  await file.close()
  // Compared with numpy in hdf5/statistics.test.ts.
  const expected = await datasetStatistics(path, quietContext())
  const found = countedInPieces(columns, [5, 5, 17, SAMPLES]).statistics('percent')
  expect(found.map(({ name }) => name)).toEqual(expected.map(({ name }) => name))
  for (const [index, layer] of found.entries()) {
    const whole = expected[index]
    if (layer.kind === 'classes' || whole.kind === 'classes') {
      expect(layer).toEqual(whole)
      continue
    }
    expect(layer.count).toBe(whole.count)
    expect([layer.minimum, layer.maximum]).toEqual([whole.minimum, whole.maximum])
    if (whole.mean !== null) expect(layer.mean).toBeCloseTo(whole.mean, 9)
    if (whole.standardDeviation !== null)
      expect(layer.standardDeviation).toBeCloseTo(whole.standardDeviation, 9)
    const isRounded = ['altitude', 'slope'].includes(layer.name)
    for (const [k, { percent, value }] of layer.percentiles.entries()) {
      expect(percent).toBe(whole.percentiles[k].percent)
      if (isRounded)
        expect(Math.abs((value ?? NaN) - (whole.percentiles[k].value ?? NaN))).toBeLessThan(0.0501)
      else expect(value).toBe(whole.percentiles[k].value)
    }
    expect(layer.percentiles).toHaveLength(whole.percentiles.length)
  }
})

test('counts do not depend on how samples are handed over', () => {
  const columns = samples()
  const [once, oneByOne] = [new LayerCounts(), new LayerCounts()]
  once.add(columns)
  for (let i = 0; i < SAMPLES; i++) {
    const single = new SampleColumns(1)
    single.appendFrom(columns, i, 1)
    oneByOne.add(single)
  }
  expect(encodeLayerCounts(oneByOne)).toEqual(encodeLayerCounts(once))
})

test('a file that is damaged, missing or of other samples is no counts', async () => {
  const counts = new LayerCounts()
  counts.add(samples())
  const path = join(folder, 'batch.counts')
  await saveLayerCounts(path, counts)
  expect((await loadLayerCounts(path, SAMPLES))?.statistics('percent')).toEqual(counts.statistics('percent'))
  expect(await loadLayerCounts(path, SAMPLES + 1)).toBeNull()
  expect(await loadLayerCounts(join(folder, 'missing.counts'), SAMPLES)).toBeNull()
  const bytes = encodeLayerCounts(counts)
  for (const damaged of [
    bytes.subarray(0, bytes.length - 3),
    bytes.map((byte, at) => (at === 900 ? byte ^ 4 : byte)),
  ]) {
    writeFileSync(path, damaged)
    expect(await loadLayerCounts(path, SAMPLES)).toBeNull()
  }
})

test('without samples there are no numbers', () => {
  const empty = decodeLayerCounts(encodeLayerCounts(new LayerCounts())).statistics('percent')
  expect(empty.find(({ name }) => name === 'altitude')).toMatchObject({ count: 0, mean: null, minimum: null })
})
