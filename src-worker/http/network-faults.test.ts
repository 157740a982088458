import { readFile } from 'node:fs/promises'
import { createServer as createTlsServer } from 'node:https'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Network } from './network'
import { CALM, failure, makePlace, ORIGIN, QUICK, readRanges, type Place } from './network-fixture'
import type { FaultName } from './testing/faults'

const RANGES = Array.from({ length: 12 }, (_, i) => ({ offset: 70_000 + 25_000 * i, length: 2000 }))
let place: Place

beforeAll(async () => {
  place = await makePlace()
})
afterAll(() => place.close())

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

const first = (network: Network, url: string): Promise<unknown> =>
  readRanges(network, url, [{ offset: 0, length: 9 }])

describe('faults that pass', () => {
  it.each<FaultName>(['unavailable', 'throttled', 'reset', 'truncated', 'stalled'])(
    'gets every byte in spite of answers that are %s',
    async (kind) => {
      const faults = { seed: 1, share: 0.5, kinds: [kind], retryAfter: '0', stallMs: 60 }
      const server = await place.serve({ faults })
      const network = place.network()
      const parts = await readRanges(network, `${server.url}/files/a.bin`, RANGES)
      for (const [i, { offset, length }] of RANGES.entries()) {
        expect(Buffer.compare(parts[i], place.content.subarray(offset, offset + length))).toBe(0)
      }
      expect(server.counters[kind]).toBeGreaterThan(2)
      expect(network.counters.retries).toBe(kind === 'stalled' ? 0 : server.counters[kind])
      expect(network.counters.requests).toBe(RANGES.length + 1 + network.counters.retries)
    },
  )

  it('waits as long as the server asks for', async () => {
    const faults = { seed: 1, share: 1, inRow: 1, kinds: ['throttled'] as const, retryAfter: '1' }
    const server = await place.serve({ faults })
    const network = place.network()
    const began = performance.now()
    await first(network, `${server.url}/files/a.bin`)
    expect(performance.now() - began).toBeGreaterThanOrEqual(1000)
    expect(network.counters).toMatchObject({ requests: 2, retries: 1 })
  })

  it('asks again where an answer does not come in time', async () => {
    const faults = { seed: 1, share: 1, inRow: 1, kinds: ['stalled'] as const, stallMs: 20_000 }
    const server = await place.serve({ faults })
    const network = place.network({ timeouts: { headers: 50 } })
    await first(network, `${server.url}/files/a.bin`)
    expect(network.counters.retries).toBe(1)
  })
})

describe('faults that stay', () => {
  it.each([
    ['unavailable', 'source-busy', 503],
    ['throttled', 'source-busy', 429],
    ['reset', 'source-unreachable', undefined],
    ['truncated', 'source-unreachable', undefined],
  ] satisfies [FaultName, string, number | undefined][])('reports %s as %s', async (kind, tag, status) => {
    const faults = { seed: 1, share: 1, inRow: 1000, kinds: [kind], retryAfter: '0' }
    const server = await place.serve({ faults })
    const url = `${server.url}/files/a.bin`
    const error = await failure(first(place.network(), `${url}?sig=secret`))
    expect(error).toMatchObject({ tag, file: url })
    expect(error.context).toEqual({
      host: new URL(url).host,
      attempts: 7,
      collection: 'sentinel-2-l2a',
      item: 'scene',
      ...(status === undefined ? {} : { status }),
    })
    expect(error.hint).not.toBe('')
    expect(JSON.stringify(error.toJSON())).not.toContain('secret')
  })

  it.each([
    [401, 'source-denied'],
    [403, 'source-denied'],
    [404, 'asset-missing'],
    [410, 'asset-missing'],
    [501, 'source-answer'],
  ])('asks once only where the status is %i', async (status, tag) => {
    const server = await place.serve({ special: () => ({ kind: 'other', status }) })
    const network = place.network()
    expect((await failure(first(network, `${server.url}/x`))).tag).toBe(tag)
    expect((await failure(network.json({ url: `${server.url}/x`, signal: CALM }))).tag).toBe(tag)
    expect(server.seen).toHaveLength(2)
  })

  it('reports a host where nobody listens, after a few tries', async () => {
    const server = createServer()
    const port = await listen(server)
    await new Promise((done) => server.close(done))
    const error = await failure(first(place.network(), `http://127.0.0.1:${port}/x?token=secret`))
    expect(error).toMatchObject({ tag: 'source-unreachable', context: { attempts: 4 } })
    expect(error.toJSON().cause).toBe('ECONNREFUSED')
  })

  it('reports a host that nobody knows, after a few tries', async () => {
    const error = await failure(first(place.network(), 'http://no-such-host.invalid/x?token=secret'))
    expect(error).toMatchObject({ tag: 'source-unreachable', context: { host: 'no-such-host.invalid' } })
    expect(error.context.attempts).toBeLessThanOrEqual(4)
    expect(JSON.stringify(error.toJSON())).not.toContain('secret')
  })

  it('reports something that speaks no HTTP', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0-thing\r\n'))
    const error = await failure(first(place.network(), `http://127.0.0.1:${await listen(server)}/x`))
    server.close()
    expect(error.tag).toBe('source-unreachable')
  })

  it('reports a server that answers too late', async () => {
    const faults = { seed: 1, share: 1, inRow: 1000, kinds: ['stalled'] as const, stallMs: 20_000 }
    const server = await place.serve({ faults })
    const network = place.network({ timeouts: { headers: 50 }, retry: { ...QUICK, tries: 1 } })
    const error = await failure(first(network, `${server.url}/files/a.bin`))
    expect(error).toMatchObject({ tag: 'source-unreachable', context: { attempts: 1 } })
    expect(error.message).toContain('in time')
  })
})

describe('certificates', () => {
  it('refuses one that nobody vouches for, once', async () => {
    const pem = await readFile(resolve(import.meta.dirname, 'testing/self-signed.pem'))
    const server = createTlsServer({ key: pem, cert: pem }, (_, response) => response.end())
    const port = await listen(server)
    const network = place.network()
    const error = await failure(first(network, `https://localhost:${port}/x?sig=secret`))
    server.close()
    expect(error).toMatchObject({ tag: 'source-insecure', context: { attempts: 1, ...ORIGIN } })
    expect(error.context.host).toBe(`localhost:${port}`)
    expect(error.hint).toContain('NODE_EXTRA_CA_CERTS')
    expect(JSON.stringify(error.toJSON())).not.toContain('secret')
  })

  it('tells a server without TLS from one with a bad certificate', async () => {
    const server = await place.serve()
    const error = await failure(first(place.network(), server.url.replace('http:', 'https:')))
    expect(error.tag).toBe('source-unreachable')
    expect(error.hint).toContain('https')
  })
})

describe('cancelling', () => {
  const cancelled = async (network: Network, url: string): Promise<number> => {
    const controller = new AbortController()
    const reading = failure(readRanges(network, url, [{ offset: 0, length: 9 }], controller.signal))
    await new Promise((done) => setTimeout(done, 60))
    const began = performance.now()
    controller.abort(new Error('secret reason'))
    const error = await reading
    expect(error.tag).toBe('cancelled')
    return performance.now() - began
  }

  it('ends a request at once', async () => {
    const server = await place.serve({ latencyMs: 5000 })
    expect(await cancelled(place.network(), `${server.url}/files/a.bin`)).toBeLessThan(200)
  })

  it('ends a wait between tries at once', async () => {
    const faults = { seed: 1, share: 1, inRow: 1000, kinds: ['throttled'] as const, retryAfter: '30' }
    const server = await place.serve({ faults })
    const network = place.network({ retry: {} })
    expect(await cancelled(network, `${server.url}/files/a.bin`)).toBeLessThan(200)
    expect(server.counters.throttled).toBe(1)
  })

  it('ends a wait for a connection at once, and gives the place back', async () => {
    const server = await place.serve({ latencyMs: 300 })
    const network = place.network({ connections: 1 })
    const url = `${server.url}/files/a.bin`
    const busy = network.json({ url, signal: CALM }).catch(() => undefined)
    expect(await cancelled(network, url)).toBeLessThan(200)
    await busy
    await first(network, url)
    expect(server.counters.range).toBe(1)
  })

  it('ends documents as well, and what is asked for after closing', async () => {
    const server = await place.serve({ latencyMs: 5000 })
    const network = place.network()
    const controller = new AbortController()
    const asking = failure(network.json({ url: server.url, signal: controller.signal }))
    setTimeout(() => controller.abort(), 20)
    expect((await asking).tag).toBe('cancelled')
    const late = failure(network.json({ url: server.url, signal: CALM }))
    setTimeout(() => void network.close(), 20)
    expect((await late).tag).toBe('cancelled')
  })
})
