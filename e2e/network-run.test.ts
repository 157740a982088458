import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BANDS } from '../src-shared/dataset/bands'
import { SPLITS } from '../src-shared/footprint/footprint'
import { reportSchema, type Report } from '../src-shared/run/report'
import { startImageryServer, type ImageryServer } from '../src-worker/http/testing/imagery-server'
import { gediDataset, onSample, temporaryFolder, type Finished } from './command-line'
import { readDataset, type DatasetContent } from './dataset'
import { SAMPLE_DIR } from './tools'

const folder = temporaryFolder('network')
const itemsFile = join(SAMPLE_DIR, 'stac', 'items.json')

/** Footprints in the subsets of the sample. */
const SUBSETS = 578 + 269

async function datasets(output: string): Promise<DatasetContent[]> {
  return Promise.all(SPLITS.map((split) => readDataset(join(output, `${split}_dataset.h5`))))
}

function reportOf(output: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(join(output, 'report.json'), 'utf8')))
}

function fromServer(
  server: ImageryServer,
  command: string,
  output: string,
  ...more: string[]
): Promise<Finished> {
  const input = join(SAMPLE_DIR, 'gedi')
  return gediDataset(command, '--input', input, '--source', `${server.url}/stac`, '--output', output, ...more)
}

/** Names of the batch files of both splits. */
function batchesOf(output: string): string[] {
  return SPLITS.flatMap((split) =>
    readdirSync(join(output, 'batches', split)).map((name) => `${split}/${name}`),
  )
}

let expected: DatasetContent[] = []
let rejections: string[] = []
beforeAll(async () => {
  const output = join(folder, 'from-folder')
  expect(await gediDataset(...onSample('run', output))).toMatchObject({ status: 0 })
  expected = await datasets(output)
  rejections = rejectionsOf(output)
})

async function expectSame(output: string): Promise<void> {
  expect(await datasets(output)).toEqual(expected)
  expect(rejectionsOf(output)).toEqual(rejections)
}

/** Lines of `rejections.csv`; their order is that of the batches. */
function rejectionsOf(output: string): string[] {
  return readFileSync(join(output, 'rejections.csv'), 'utf8').split('\n').sort()
}

describe('the sample through a STAC API', () => {
  const output = join(folder, 'api')
  let server: ImageryServer
  beforeAll(async () => {
    server = await startImageryServer({ folder: SAMPLE_DIR, stac: { itemsFile, emptyLastPage: true } })
  })
  afterAll(() => server.close())

  it('is planned with few searches, and the plan says what will be read', async () => {
    const { status, out, err } = await fromServer(server, 'plan', output)
    expect(status, out).toBe(0)
    expect(server.counters.search).toBeGreaterThan(0)
    expect(server.counters.search).toBeLessThanOrEqual(SUBSETS / 50)
    expect(out).toMatch(
      /to read: about \d+ blocks \(\d+\.\d MB\), \d+ requests, for 418 footprints in 5 scenes/,
    )
    expect(out).toMatch(/time: about [\d,]+ (seconds?|minutes) for one process, at \d+\.\d MB\/s/)
    expect(out).toMatch(/disk: about \d+\.\d MB needed, [\d.]+ [MG]B free/)
    expect(out).toMatch(/source: answers in \d+ ms, and its files can be read/)
    expect(err).toMatch(new RegExp(`\\b\\d+ searches for ${SUBSETS} footprints\\.`))
    // Of bands no more than headers, and for a test a block of each of one scene.
    const { forecast, reading } = reportOf(output)
    expect(reading.blocksNeeded).toBe(0)
    expect(server.counters.range).toBeLessThanOrEqual((forecast?.files ?? 0) + BANDS.length)
  })

  it('gives the datasets that the folder gives, for the requests that the plan counted', async () => {
    const { forecast } = reportOf(output)
    const before = { ...server.counters }
    const { status, out } = await fromServer(server, 'run', output, '--workers', '1')
    expect(status, out).toBe(0)
    await expectSame(output)
    expect(server.counters.search).toBe(before.search)
    const { reading } = reportOf(output)
    expect(reading.requests).toBe(server.counters.range - before.range)
    expect(out).toContain(`network: ${reading.requests} request`)
    // The plan counts for footprints that all pass; here most are rejected, and what was read for the test is kept.
    expect(reading.requests).toBeLessThanOrEqual(forecast?.requests ?? 0)
    expect(reading.blocksNeeded).toBeLessThanOrEqual(forecast?.blocks ?? 0)
    expect(reading.blocksNeeded).toBeGreaterThan(0.7 * (forecast?.blocks ?? 0))
    expect(reading.bytes).toBeLessThanOrEqual(forecast?.bytes ?? 0)
  })

  it('asks nothing again when it is run again', async () => {
    const before = { ...server.counters }
    expect(await fromServer(server, 'run', output)).toMatchObject({ status: 0 })
    expect(server.counters).toEqual(before)
  })

  it('asks the server of no file again when samples are cut anew', async () => {
    const before = { ...server.counters }
    const again = await fromServer(server, 'run', output, '--restart-from', 'batch')
    expect(again).toMatchObject({ status: 0 })
    expect(server.counters).toEqual(before)
    await expectSame(output)
  })
})

describe('the sample through a STAC API that fails in many ways, with tokens that live two seconds', () => {
  const output = join(folder, 'faults')
  let server: ImageryServer
  /** The token of the tenth file is worth nothing any more from then on, whatever it said itself. */
  const revoked = { files: 0, token: '', refused: 0 }
  beforeAll(async () => {
    server = await startImageryServer({
      folder: SAMPLE_DIR,
      special: ({ url: { pathname, searchParams } }) => {
        const token = searchParams.get('sig') ?? ''
        if (!pathname.startsWith('/files/') || token === '') return null
        if (++revoked.files === 10) revoked.token = token
        if (token !== revoked.token) return null
        revoked.refused++
        return { kind: 'other', status: 403 }
      },
      stac: { itemsFile, dialect: 'filter', pageSize: 3 },
      signing: { lifetimeMs: 2000 },
      faults: { seed: 7, share: 0.1 },
    })
  })
  afterAll(() => server.close())

  it('gives the same datasets, nothing left out', async () => {
    const signing = ['--signing', 'planetary-computer', '--signing-url', `${server.url}/api/sas/v1`]
    const { status, out, err } = await fromServer(server, 'run', output, '--workers', '1', ...signing)
    expect(status, out + err).toBe(0)
    await expectSame(output)
    const { unavailable, throttled, reset, truncated, stalled, token } = server.counters
    const faults = [unavailable, throttled, reset, truncated, stalled]
    expect(faults.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(8)
    expect(faults.filter((count) => count > 0).length, JSON.stringify(faults)).toBeGreaterThanOrEqual(4)
    // Of one worker: more than one for each of the three collections.
    expect(token).toBeGreaterThan(3)
    expect(revoked.refused).toBeGreaterThan(0)
    expect(reportOf(output).reading.retries).toBeGreaterThan(0)
    const written = ['project.json', 'report.json', 'run.log', 'steps.json'].map((name) =>
      readFileSync(join(output, name), 'utf8'),
    )
    for (const text of [...written, out, err]) expect(text).not.toMatch(/sig=/)
  })
})

describe('a band and a search that their server does not give', () => {
  const output = join(folder, 'denied')
  let server: ImageryServer
  let denied = true
  let batches: string[] = []
  beforeAll(async () => {
    server = await startImageryServer({
      folder: SAMPLE_DIR,
      stac: { itemsFile },
      special: ({ url, body }) =>
        denied &&
        (url.pathname.endsWith('20200609T102131_B04_10m.tif') ||
          body.toString().includes('"datetime":"2020-07'))
          ? { kind: 'other', status: 401 }
          : null,
    })
  })
  afterAll(() => server.close())

  it('leave the footprints that need them open, and are named', async () => {
    const { status, out } = await fromServer(server, 'run', output)
    expect(status, out).toBe(3)
    expect(out).toMatch(/failed \(source-denied\): \d+ footprints?: .*\/stac\/search.*and 1 more file of/)
    expect(out).toMatch(/\d+ footprints? left open; running again takes up just these/)
    const { train, test, failures } = reportOf(output)
    expect(test.failed).toBe(0)
    for (const file of ['B04_10m.tif', '/stac/search']) {
      const failure = failures.find(({ error }) => error.file?.endsWith(file))
      expect(failure?.footprints).toBeGreaterThan(0)
      expect(failure?.error.context).toMatchObject({ status: 401, collection: 'sentinel-2-l2a' })
    }
    expect(failures).toHaveLength(2)
    const { subset, samples, rejected, failed } = train
    expect(samples + failed + Object.values(rejected).reduce((sum, count) => sum + count, 0)).toBe(subset)
    batches = batchesOf(output)
  })

  it('are all that is asked for once the server gives them, and the datasets are whole', async () => {
    denied = false
    const before = server.counters.search
    const seen = server.seen.length
    expect(await fromServer(server, 'run', output)).toMatchObject({ status: 0 })
    await expectSame(output)
    expect(server.counters.search - before).toBe(1)
    const asked = server.seen.slice(seen).map(({ path }) => path)
    // The eleven bands are asked for together: those behind the denied one had come already.
    const known = asked.filter((path) => path.includes('20200609'))
    expect(known.length).toBeGreaterThan(0)
    expect(known.every((path) => path.endsWith('20200609T102131_B04_10m.tif'))).toBe(true)
    // What the search left open got a batch of its own.
    expect(batchesOf(output)).toEqual(expect.arrayContaining(batches))
    expect(batchesOf(output).length).toBe(batches.length + 1)
  })
})
