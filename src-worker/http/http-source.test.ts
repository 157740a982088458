import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readLayout } from '../raster/layout'
import { SAMPLE_DIR } from '../../e2e/tools'
import { CALM, failure, makePlace, ORIGIN, readRanges, type Place } from './network-fixture'

const TILE = 'worldcover/2021/ESA_WorldCover_10m_2021_v200_N48E009_Map.tif'
let place: Place

beforeAll(async () => {
  place = await makePlace()
})
afterAll(() => place.close())

describe('a file on a server', () => {
  it('is asked for nothing before it is read', async () => {
    const server = await place.serve()
    await place.network().openSource(`${server.url}/files/a.bin`, ORIGIN, CALM)
    expect(server.seen).toEqual([])
  })

  it('gives the bytes asked for, in their order, and short ones at the end of the file', async () => {
    const server = await place.serve()
    const ranges = [
      { offset: 300_000, length: 1000 },
      { offset: 10, length: 20 },
      { offset: 399_990, length: 100 },
      { offset: 500_000, length: 10 },
      { offset: 65_000, length: 2000 },
      { offset: 300_500, length: 100 },
    ]
    const parts = await readRanges(place.network(), `${server.url}/files/a.bin`, ranges)
    for (const [i, { offset, length }] of ranges.entries()) {
      expect(Buffer.compare(parts[i], place.content.subarray(offset, offset + length))).toBe(0)
    }
  })

  it('takes one request for the header of a COG', async () => {
    const server = await place.serve({ folder: SAMPLE_DIR })
    const source = await place.network().openSource(`${server.url}/files/${TILE}`, ORIGIN, CALM)
    const layout = await readLayout(source, CALM)
    expect(layout.sampleType).toBe('uint8')
    expect(server.counters.range).toBe(1)
    expect(server.seen[0].headers.range).toBe('bytes=0-65535')
    expect(server.seen[0].headers['accept-encoding']).toBe('identity')
  })

  it('asks for neighbouring ranges with one request, for distant ones at the same time', async () => {
    const server = await place.serve({ latencyMs: 150 })
    const network = place.network()
    const source = await network.openSource(`${server.url}/files/a.bin`, ORIGIN, CALM)
    await source.read([{ offset: 0, length: 10 }], CALM)
    const began = performance.now()
    await source.read(
      [
        { offset: 100_000, length: 5000 },
        { offset: 105_000, length: 5000 },
        { offset: 120_000, length: 5000 },
        { offset: 200_000, length: 5000 },
        { offset: 300_000, length: 5000 },
      ],
      CALM,
    )
    expect(performance.now() - began).toBeLessThan(400)
    expect(server.seen.slice(1).map(({ headers }) => headers.range)).toEqual([
      'bytes=100000-124999',
      'bytes=200000-204999',
      'bytes=300000-304999',
    ])
    expect(network.counters.requests).toBe(4)
    expect(network.counters.bytesReceived).toBe(65_536 + 25_000 + 10_000)
  })

  it('shares requests that are under way, also between sources', async () => {
    const server = await place.serve({ latencyMs: 30 })
    const network = place.network()
    const ranges = [
      { offset: 100_000, length: 500 },
      { offset: 200_000, length: 500 },
    ]
    const all = [ranges, ranges, [ranges[1]]].map((some) =>
      readRanges(network, `${server.url}/files/a.bin`, some),
    )
    const [, , [last]] = await Promise.all(all)
    expect(Buffer.compare(last, place.content.subarray(200_000, 200_500))).toBe(0)
    expect(server.counters.range).toBe(3)
  })

  it('keeps a shared request going when one of those who wait is cancelled', async () => {
    const server = await place.serve({ latencyMs: 50 })
    const network = place.network()
    const url = `${server.url}/files/a.bin`
    const impatient = new AbortController()
    const first = failure(readRanges(network, url, [{ offset: 0, length: 9 }], impatient.signal))
    const second = readRanges(network, url, [{ offset: 0, length: 9 }])
    setTimeout(() => impatient.abort(), 10)
    expect((await first).tag).toBe('cancelled')
    expect((await second)[0]).toHaveLength(9)
    expect(server.counters.range).toBe(1)
  })

  it('is empty where the server has an empty file', async () => {
    await writeFile(join(place.folder, 'served/empty.bin'), '')
    const server = await place.serve()
    const [part] = await readRanges(place.network(), `${server.url}/files/empty.bin`, [
      { offset: 5, length: 9 },
    ])
    expect(part).toHaveLength(0)
  })

  it('keeps its connections and uses no more than allowed, and queueing is no time-out', async () => {
    const server = await place.serve({ latencyMs: 40 })
    const network = place.network({ connections: 2, timeouts: { headers: 150, body: 150 } })
    const source = await network.openSource(`${server.url}/files/a.bin`, ORIGIN, CALM)
    const ranges = Array.from({ length: 16 }, (_, i) => ({ offset: 70_000 + 20_000 * i, length: 10 }))
    await source.read(ranges, CALM)
    // Not only at the end: no other was ever opened, so they are kept from one request to the next.
    expect(server.traffic).toEqual({ opened: 2, mostFiles: 2 })
    expect(network.counters).toMatchObject({ requests: 17, retries: 0 })
  })

  it('is refused when it has changed since its first part was read, and read anew after that', async () => {
    await writeFile(join(place.folder, 'served/b.bin'), Buffer.alloc(200_000, 1))
    const server = await place.serve()
    const network = place.network({ cache: { folder: join(place.folder, 'changed'), maxBytes: 1e8 } })
    const url = `${server.url}/files/b.bin`
    const source = await network.openSource(url, ORIGIN, CALM)
    await source.read([{ offset: 100_000, length: 100 }], CALM)
    await appendFile(join(place.folder, 'served/b.bin'), Buffer.alloc(9, 2))
    await server.reload()
    const error = await failure(source.read([{ offset: 150_000, length: 100 }], CALM))
    expect(error.tag).toBe('source-answer')
    expect(error.message).toContain('has changed')
    expect(error.context).toMatchObject({ item: 'scene', attempts: 1 })
    const [part] = await readRanges(network, url, [{ offset: 200_000, length: 100 }])
    expect([...part]).toEqual(Array.from({ length: 9 }, () => 2))
    // The old one is still what it was, and must not get bytes of the new one.
    expect((await failure(source.read([{ offset: 0, length: 10 }], CALM))).tag).toBe('source-answer')
  })
})

describe('odd answers to range requests', () => {
  const odd = async (status: number, headers: Record<string, string>, body: Buffer): Promise<string> => {
    const server = await place.serve({ special: () => ({ kind: 'other', status, headers, body }) })
    const error = await failure(
      readRanges(place.network(), `${server.url}/x.tif`, [{ offset: 0, length: 9 }]),
    )
    expect(error.file).toBe(`${server.url}/x.tif`)
    return error.tag
  }

  it('takes a small file as a whole', async () => {
    const special = (): { kind: 'whole'; status: number; body: Buffer } => ({
      kind: 'whole',
      status: 200,
      body: place.content,
    })
    const server = await place.serve({ special })
    const network = place.network()
    const ranges = [
      { offset: 399_000, length: 5000 },
      { offset: 3, length: 4 },
    ]
    const parts = await readRanges(network, `${server.url}/x`, ranges)
    expect(Buffer.compare(parts[0], place.content.subarray(399_000))).toBe(0)
    expect(Buffer.compare(parts[1], place.content.subarray(3, 7))).toBe(0)
    expect(network.counters.requests).toBe(1)
  })

  it('refuses a large file as a whole before it comes', async () => {
    const server = await place.serve({
      special: () => ({ kind: 'other', status: 200, headers: { 'content-length': '99999999999' } }),
    })
    const error = await failure(readRanges(place.network(), `${server.url}/x`, [{ offset: 0, length: 9 }]))
    expect(error).toMatchObject({ tag: 'source-answer', context: { status: 200, attempts: 1 } })
    expect(error.message).toContain('whole file')
  })

  it('refuses other ranges, packed ones, and those without their place', async () => {
    const body = Buffer.alloc(10)
    expect(await odd(206, { 'content-range': 'bytes 10-19/100' }, body)).toBe('source-answer')
    expect(await odd(206, {}, body)).toBe('source-answer')
    expect(await odd(206, { 'content-range': 'bytes 0-9/*' }, body)).toBe('source-answer')
    expect(await odd(206, { 'content-range': 'bytes 0-9/10', 'content-encoding': 'gzip' }, body)).toBe(
      'source-answer',
    )
    expect(await odd(206, { 'content-range': 'bytes 0-65535/99999' }, Buffer.alloc(70_000))).toBe(
      'source-answer',
    )
    expect(await odd(400, {}, body)).toBe('source-answer')
    expect(await odd(302, {}, body)).toBe('source-answer')
  })

  it('calls a part that stays short one that broke off', async () => {
    expect(await odd(206, { 'content-range': 'bytes 0-9/100000' }, Buffer.alloc(10))).toBe(
      'source-unreachable',
    )
    expect(await odd(206, { 'content-range': 'bytes 0-65535/99999' }, Buffer.alloc(10))).toBe(
      'source-unreachable',
    )
  })

  it('says of a file that is not there which one it is', async () => {
    const server = await place.serve()
    const network = place.network()
    const url = `${server.url}/files/none.tif`
    const error = await failure(readRanges(network, `${url}?sig=secret`, [{ offset: 0, length: 9 }]))
    expect(error).toMatchObject({
      tag: 'asset-missing',
      file: url,
      context: {
        host: new URL(url).host,
        status: 404,
        attempts: 1,
        collection: 'sentinel-2-l2a',
        item: 'scene',
      },
    })
    expect(network.counters.requests).toBe(1)
  })
})
