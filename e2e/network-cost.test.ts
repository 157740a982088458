import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BANDS } from '../src-shared/dataset/bands'
import { SPLITS, type Split } from '../src-shared/footprint/footprint'
import { reportSchema, type Report } from '../src-shared/run/report'
import { startImageryServer, type ImageryServer } from '../src-worker/http/testing/imagery-server'
import { gediDataset, onSample, start, temporaryFolder } from './command-line'
import { digestsOf, readDataset } from './dataset'
import { SAMPLE_DIR } from './tools'

const folder = temporaryFolder('network-cost')
const itemsFile = join(SAMPLE_DIR, 'stac', 'items.json')
const local = join(folder, 'from-folder')

function reportOf(output: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(join(output, 'report.json'), 'utf8')))
}

function datasets(output: string): Promise<Record<string, string>[]> {
  return Promise.all(
    SPLITS.map(async (split) => digestsOf(await readDataset(join(output, `${split}_dataset.h5`)))),
  )
}

/** Parts of files that a server was asked for, each as often as it was. */
function rangesOf({ seen }: ImageryServer): string[] {
  return seen.flatMap(({ path, headers }) =>
    headers.range === undefined ? [] : [`${path} ${headers.range}`],
  )
}

/** How many of them had been asked for before. */
function repeated(ranges: readonly string[]): number {
  return ranges.length - new Set(ranges).size
}

let expected: Record<string, string>[] = []
beforeAll(async () => {
  expect(await gediDataset(...onSample('run', local))).toMatchObject({ status: 0 })
  expected = await datasets(local)
})

/** The footprints of the sample, so that commands begin with the imagery. */
const tables = SPLITS.flatMap((split) => [`--path-subset-csv-${split}`, join(local, `${split}_subset.csv`)])

/** A table of those footprints of the sample that became samples. */
function tableOfSamples(split: Split): string {
  const [, ...rejections] = readFileSync(join(local, 'rejections.csv'), 'utf8').split('\n')
  const rejected = new Set(rejections.map((line) => line.split(',')[0]))
  const [header, ...rows] = readFileSync(join(local, `${split}_subset.csv`), 'utf8')
    .trimEnd()
    .split('\n')
  const at = header.split(';').indexOf('shot_number')
  const table = join(folder, `${split}-samples.csv`)
  writeFileSync(table, [header, ...rows.filter((row) => !rejected.has(row.split(';')[at]))].join('\n'))
  return table
}

describe('what a run asks of servers', () => {
  let server: ImageryServer
  beforeAll(async () => {
    server = await startImageryServer({ folder: SAMPLE_DIR, stac: { itemsFile } })
  })
  afterAll(() => server.close())

  it('is what the plan counted for each footprint, in requests, blocks and bytes, where all of them pass', async () => {
    const output = join(folder, 'all-pass')
    const samples = SPLITS.flatMap((split) => [`--path-subset-csv-${split}`, tableOfSamples(split)])
    const words = [...samples, '--source', `${server.url}/stac`, '--output', output]
    expect(await gediDataset('plan', ...words)).toMatchObject({ status: 0 })
    const { forecast } = reportOf(output)
    if (forecast === null) throw new Error('nothing was planned')
    const before = server.counters.range
    expect(await gediDataset('run', ...words, '--workers', '1')).toMatchObject({ status: 0 })
    const { train, test, reading } = reportOf(output)
    expect([train, test].map(({ rejected, failed }) => ({ rejected, failed }))).toEqual(
      SPLITS.map(() => ({ rejected: {}, failed: 0 })),
    )
    const footprints = train.samples + test.samples
    expect(footprints).toBe(forecast.footprints)
    // The plan reckons with a little more ground around each footprint in tiles of terrain and land cover.
    for (const [read, counted] of [
      [reading.blocksNeeded, forecast.blocks],
      [reading.bytes, forecast.bytes],
    ]) {
      expect(read / footprints).toBeLessThanOrEqual(counted / footprints)
      expect(read / footprints).toBeGreaterThan((0.95 * counted) / footprints)
    }
    // The server counts for itself. The plan's test read asked for a block of each band of one scene, before the run did
    // for those around it.
    const { range } = server.counters
    expect(reading.requests).toBe(range - before)
    expect(range / footprints).toBeGreaterThan((0.95 * forecast.requests) / footprints)
    expect(range / footprints).toBeLessThanOrEqual((forecast.requests + BANDS.length) / footprints)
    expect(repeated(rangesOf(server))).toBe(0)
  })
})

describe('the cache of a run', () => {
  it('is shared by its processes: none asks for what another has fetched', async () => {
    const server = await startImageryServer({ folder: SAMPLE_DIR, stac: { itemsFile } })
    try {
      const output = join(folder, 'several')
      const words = [...tables, '--source', `${server.url}/stac`, '--output', output, '--batch-size', '50']
      expect(await gediDataset('plan', ...words)).toMatchObject({ status: 0 })
      const planned = rangesOf(server).length
      for (const index of ['0-3', '4-8']) {
        const words = ['--output', output, '--index', index, '--workers', '1']
        expect(await gediDataset('batch', ...words)).toMatchObject({ status: 0 })
      }
      expect(await gediDataset('fuse', '--output', output)).toMatchObject({ status: 0 })
      expect(await datasets(output)).toEqual(expected)
      expect(planned).toBeGreaterThan(0)
      expect(rangesOf(server).length).toBeGreaterThan(planned)
      expect(repeated(rangesOf(server))).toBe(0)
    } finally {
      await server.close()
    }
  })
})

describe('a server that goes away while samples are cut', () => {
  it('loses no footprint, and is asked again for what is missing alone', async () => {
    const slow = await startImageryServer({ folder: SAMPLE_DIR, stac: { itemsFile }, latencyMs: 50 })
    const output = join(folder, 'outage')
    const words = [...tables, '--source', `${slow.url}/stac`, '--output', output, '--batch-size', '25']
    expect(await gediDataset('plan', ...words)).toMatchObject({ status: 0 })
    const planned = rangesOf(slow).length
    const running = start('run', ...words, '--workers', '2')
    let isDone = false
    void running.finished.then(() => (isDone = true))
    await expect.poll(() => isDone || rangesOf(slow).length >= planned + 15, { timeout: 60_000 }).toBe(true)
    const known = new Set(rangesOf(slow).slice(0, planned))
    await slow.close()
    const { status, out, err } = await running.finished
    expect(status, out + err).toBe(3)
    expect(out).toMatch(/failed \(source-unreachable\): \d+ footprints?: http:.*The host takes no connection/)
    const { train, test, failures } = reportOf(output)
    const open = failures.reduce((sum, { footprints }) => sum + footprints, 0)
    expect(open).toBeGreaterThan(0)
    expect(out).toContain(`${open} footprints left open; running again takes up just these`)
    for (const { subset, samples, rejected, failed } of [train, test]) {
      const settled = samples + failed + Object.values(rejected).reduce((sum, count) => sum + count, 0)
      expect(settled).toBe(subset)
    }
    const port = Number(new URL(slow.url).port)
    const back = await startImageryServer({ folder: SAMPLE_DIR, stac: { itemsFile }, port })
    try {
      const again = await gediDataset('run', '--output', output)
      expect(again.status, again.out + again.err).toBe(0)
      expect(await datasets(output)).toEqual(expected)
      const asked = rangesOf(back)
      expect(asked.length).toBeGreaterThan(0)
      // Headers came with the plan; they are kept.
      expect(asked.filter((range) => known.has(range))).toEqual([])
      expect(back.counters.search).toBe(0)
    } finally {
      await back.close()
    }
  }, 300_000)
})
