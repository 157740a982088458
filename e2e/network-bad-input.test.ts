import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { reportSchema, type Report } from '../src-shared/run/report'
import {
  startImageryServer,
  type ImageryServer,
  type ImageryServerOptions,
} from '../src-worker/http/testing/imagery-server'
import { gediDataset, startAs, temporaryFolder, type Finished } from './command-line'
import { digestsOf, readDataset } from './dataset'
import { SAMPLE_DIR } from './tools'

const folder = temporaryFolder('network-bad')
const itemsFile = join(SAMPLE_DIR, 'stac', 'items.json')
const servers: ImageryServer[] = []
afterAll(async () => {
  for (const server of servers) await server.close()
})

async function serve(options: Partial<ImageryServerOptions> = {}): Promise<ImageryServer> {
  const server = await startImageryServer({ folder: SAMPLE_DIR, stac: { itemsFile }, ...options })
  servers.push(server)
  return server
}

let outputs = 0

/** The footprints of the sample's test split as a table, so that commands begin with the imagery. */
const table = join(folder, 'tables', 'test_subset.csv')
beforeAll(async () => {
  const input = join(SAMPLE_DIR, 'gedi')
  expect(await gediDataset('subset', '--input', input, '--output', join(folder, 'tables'))).toMatchObject({
    status: 0,
  })
})

/** A command on these footprints. */
function onTable(
  command: string,
  source: string,
  more: { words?: string[]; env?: NodeJS.ProcessEnv; output?: string } = {},
): { output: string; finished: Promise<Finished> } {
  const { words = [], env = {}, output = join(folder, `output-${outputs++}`) } = more
  const from = ['--path-subset-csv-test', table, '--source', source, '--output', output]
  const { finished } = startAs({ env: { ...process.env, ...env } }, command, ...from, ...words)
  return { output, finished }
}

function reportOf(output: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(join(output, 'report.json'), 'utf8')))
}

async function testDataset(output: string): Promise<Record<string, string>> {
  return digestsOf(await readDataset(join(output, 'test_dataset.h5')))
}

describe('a server that is none', () => {
  const tls = createTlsServer(
    (() => {
      const pem = readFileSync(resolve(import.meta.dirname, '../src-worker/http/testing/self-signed.pem'))
      return { key: pem, cert: pem }
    })(),
    (_, response) => response.end('{}'),
  )
  beforeAll(() => new Promise<void>((done) => void tls.listen(0, done)))
  afterAll(() => void tls.close())

  it.each([
    [
      'answers everything with 401',
      () => ({ kind: 'other', status: 401 }) as const,
      'source-denied',
      /status 401.*credentials/,
    ],
    [
      'sends a page in place of JSON',
      () =>
        ({
          kind: 'other',
          status: 200,
          headers: { 'content-type': 'text/html' },
          body: Buffer.from('<p>Log in</p>'),
        }) as const,
      'source-answer',
      /text\/html instead of JSON.*STAC API/,
    ],
    [
      'has nothing at the address',
      () => ({ kind: 'other', status: 404 }) as const,
      'source-answer',
      /no STAC API at this address.*landing page/,
    ],
  ])('ends the run with a message: it %s', async (_, special, tag, said) => {
    const { url } = await serve({ special })
    const { status, err } = await onTable('plan', `${url}/stac`).finished
    expect(status).toBe(1)
    expect(err).toContain(`error (${tag}): ${url}/stac`)
    expect(err).toMatch(said)
    expect(err).not.toMatch(/\n\s+at /)
  })

  it('ends the run with a message: nobody vouches for its certificate', async () => {
    const url = `https://localhost:${(tls.address() as AddressInfo).port}/stac`
    const { status, err } = await onTable('plan', url).finished
    expect(status).toBe(1)
    expect(err).toContain(`error (source-insecure): ${url}: The certificate`)
    expect(err).toContain('NODE_EXTRA_CA_CERTS')
  })
})

/** The sample's tiles laid out as the public buckets have them, one DEM tile of which is ocean; and a folder of the same. */
function writeBuckets(): { world: string; absent: string } {
  const world = join(folder, 'world')
  const absent = 'Copernicus_DSM_COG_10_N48_00_E009_00_DEM'
  for (const name of ['copdem', 'worldcover', 'sentinel-2-l2a', 'stac'])
    cpSync(join(SAMPLE_DIR, name), join(world, name), { recursive: true })
  for (const [year, version] of [
    ['2020', 'v100'],
    ['2021', 'v200'],
  ]) {
    cpSync(join(SAMPLE_DIR, 'worldcover', year), join(world, 'bucket', version, year, 'map'), {
      recursive: true,
    })
  }
  rmSync(join(world, 'copdem', absent), { recursive: true })
  const items = z
    .looseObject({ features: z.array(z.looseObject({ id: z.string() })) })
    .parse(JSON.parse(readFileSync(itemsFile, 'utf8')))
  const features = items.features.filter(({ id }) => id !== absent)
  expect(features.length).toBe(items.features.length - 1)
  writeFileSync(join(world, 'stac', 'items.json'), JSON.stringify({ ...items, features }))
  return { world, absent }
}

describe('a bucket without a tile of terrain', () => {
  it('has ocean there, which is no error: the samples are those of a folder without the tile', async () => {
    const { world, absent } = writeBuckets()
    const local = onTable('run', world)
    expect(await local.finished).toMatchObject({ status: 0 })
    const server = await serve({ folder: world, stac: { itemsFile: join(world, 'stac', 'items.json') } })
    const env = {
      GEDI_DATASET_COPDEM_URL: `${server.url}/files/copdem`,
      GEDI_DATASET_WORLDCOVER_URL: `${server.url}/files/bucket`,
    }
    const words = ['--dem-source', 'aws', '--landcover-source', 'aws']
    const remote = onTable('run', `${server.url}/stac`, { words, env })
    const { status, out, err } = await remote.finished
    expect(status, out + err).toBe(0)
    expect(server.seen.some(({ path }) => path.endsWith(`/${absent}.tif`))).toBe(true)
    expect(reportOf(remote.output).test.rejected['dem-missing']).toBeGreaterThan(0)
    expect(reportOf(remote.output).test.rejected).toEqual(reportOf(local.output).test.rejected)
    expect(await testDataset(remote.output)).toEqual(await testDataset(local.output))
  })
})

describe('a token endpoint that is down', () => {
  it('is told by the plan, leaves all footprints open, and loses none', async () => {
    const server = await serve({ signing: { lifetimeMs: 3_600_000 } })
    const down = await startImageryServer({ folder: SAMPLE_DIR })
    await down.close()
    const signing = (url: string): string[] => [
      '--signing',
      'planetary-computer',
      '--signing-url',
      `${url}/api/sas/v1`,
    ]
    const source = `${server.url}/stac`
    const plan = onTable('plan', source, { words: signing(down.url) })
    const planned = await plan.finished
    expect(planned.status, planned.out + planned.err).toBe(0)
    expect(planned.out).toContain('to read: not known while the source does not answer\n')
    expect(planned.out).toContain(
      `source: does not answer (signing-failed): ${down.url}/api/sas/v1/token/sentinel-2-l2a: No token`,
    )
    const { output } = plan
    const failed = await onTable('run', source, { words: signing(down.url), output }).finished
    expect(failed.status, failed.out + failed.err).toBe(3)
    const { failures, test } = reportOf(output)
    expect(failures).toHaveLength(1)
    expect(failures[0].error).toMatchObject({
      tag: 'signing-failed',
      context: { host: new URL(down.url).host, reason: 'source-unreachable', collection: 'sentinel-2-l2a' },
    })
    expect(failures[0].error.context.item).toMatch(/^S2._MSIL2A_2021/)
    expect(failures[0].error.hint).toContain('--signing-url')
    // Every footprint with a scene: none is a sample, and none is rejected for it.
    expect(failures[0].footprints).toBe(test.failed)
    expect(test.samples).toBe(0)
    expect(Object.keys(test.rejected)).toEqual(['no-scene'])
    expect(test.failed + (test.rejected['no-scene'] ?? 0)).toBe(test.subset)
    expect(failed.out).toContain(`${test.failed} footprints left open; running again takes up just these`)
    const again = await onTable('run', source, { words: signing(server.url), output }).finished
    expect(again.status, again.out + again.err).toBe(0)
    const local = onTable('run', SAMPLE_DIR)
    expect(await local.finished).toMatchObject({ status: 0 })
    expect(await testDataset(output)).toEqual(await testDataset(local.output))
  })
})

/** Everything that a project holds as text: answers that are kept are unpacked. */
function textsOf(output: string): string[] {
  return readdirSync(output, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return []
    const bytes = readFileSync(join(entry.parentPath, entry.name))
    return [(entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')]
  })
}

describe('credentials', () => {
  it('go to their host alone, and are in nothing that is written or shown', async () => {
    const secrets = { key: 'subscription-SECRET-1', token: 'bearer-SECRET-2' }
    const away = await serve()
    let asked = 0
    const tokens = await serve({
      special: () => {
        const expiry = new Date(Date.now() + 3_600_000).toISOString()
        const body = JSON.stringify({ token: 'se=2099&sig=token-SECRET-3', 'msft:expiry': expiry })
        return { kind: 'token', status: 200, body: Buffer.from(body) }
      },
    })
    const server = await serve({
      special: ({ url: { pathname }, headers }) => {
        if (headers.authorization !== `Bearer ${secrets.token}`) return { kind: 'other', status: 401 }
        if (pathname.endsWith('20210701T102531_B04_10m.tif')) return { kind: 'other', status: 404 }
        if (!pathname.endsWith('_SCL_20m.tif')) return null
        asked++
        return { kind: 'other', status: 302, headers: { location: `${away.url}${pathname}` } }
      },
    })
    const run = onTable('run', `${server.url}/stac`, {
      words: ['--signing', 'planetary-computer', '--signing-url', `${tokens.url}/api/sas/v1`],
      env: {
        PC_SDK_SUBSCRIPTION_KEY: secrets.key,
        GEDI_DATASET_BEARER_TOKEN: `${new URL(server.url).host}=${secrets.token}`,
      },
    })
    const { status, out, err } = await run.finished
    expect(status, out + err).toBe(3)
    // Redirected, and followed without any of them.
    expect(asked).toBeGreaterThan(0)
    expect(away.counters.range).toBeGreaterThan(0)
    for (const { headers } of away.seen) expect(JSON.stringify(headers)).not.toContain('SECRET')
    expect(tokens.seen.length).toBeGreaterThan(0)
    for (const { headers } of tokens.seen) {
      expect(headers['ocp-apim-subscription-key']).toBe(secrets.key)
      expect(headers.authorization).toBeUndefined()
    }
    expect(server.seen.length).toBeGreaterThan(12)
    for (const { headers } of server.seen) {
      expect(headers.authorization).toBe(`Bearer ${secrets.token}`)
      expect(headers['ocp-apim-subscription-key']).toBeUndefined()
    }
    // The band that is not there is told with all that names it.
    const { failures, test } = reportOf(run.output)
    expect(failures).toHaveLength(1)
    expect(failures[0].error).toMatchObject({
      tag: 'asset-missing',
      context: { host: new URL(server.url).host, status: 404, collection: 'sentinel-2-l2a' },
    })
    expect(failures[0].error.context.item).toMatch(/^S2._MSIL2A_20210701T102531/)
    expect(failures[0].error.hint).not.toBe('')
    expect(failures[0].footprints).toBe(test.failed)
    expect(test.samples).toBeGreaterThan(0)
    const texts = textsOf(run.output)
    expect(texts.length).toBeGreaterThan(10)
    for (const text of [...texts, out, err]) expect(text.includes('SECRET')).toBe(false)
  })
})
