import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Network } from './network'
import { CALM, failure, makePlace, ORIGIN, readRanges, type Place } from './network-fixture'
import type { AssetOrigin } from '../raster/byte-source'
import { HttpClient } from './client'
import { HostHealth } from './host-health'
import { HostSlots } from './host-slots'
import { zeroNetworkCounters } from './network-counters'
import { RetryPolicy } from './retry-policy'
import { Signer } from './signer'
import { jsonOutcome, type Outcome } from './testing/answer'
import type { ImageryServer, ImageryServerOptions } from './testing/imagery-server'
import { TIMEOUTS, Transport } from './transport'

const RANGES = Array.from({ length: 10 }, (_, i) => ({ offset: 70_000 + 25_000 * i, length: 2000 }))
let place: Place

beforeAll(async () => {
  place = await makePlace()
})
afterAll(() => place.close())

/** A network that gets its tokens from a server. */
function signing(server: ImageryServer, subscriptionKey: string | null = null): Network {
  return place.network({
    signing: 'planetary-computer',
    signingUrl: `${server.url}/api/sas/v1/`,
    credentials: { subscriptionKey, bearerTokens: new Map() },
  })
}

async function serveSigned(
  lifetimeMs: number,
  options: Partial<ImageryServerOptions> = {},
): Promise<{ server: ImageryServer; url: string }> {
  const server = await place.serve({ signing: { lifetimeMs }, ...options })
  return { server, url: `${server.url}/files/a.bin` }
}

/** A server whose tokens have a given answer; files want none. */
const oddTokens = (outcome: Outcome): Promise<ImageryServer> =>
  place.serve({ special: ({ url }) => (url.pathname.startsWith('/api/sas/') ? outcome : null) })

describe('signed files', () => {
  it('are read with one token for all', async () => {
    const { server, url } = await serveSigned(3_600_000)
    const network = signing(server)
    await Promise.all([readRanges(network, url, RANGES), readRanges(network, `${url}?`, [RANGES[0]])])
    expect(server.counters).toMatchObject({ token: 1, denied: 0 })
    expect(network.counters.requests).toBe(1 + 1 + RANGES.length)
  })

  it('are refused where nobody signs', async () => {
    const { url } = await serveSigned(3_600_000)
    const error = await failure(readRanges(place.network(), url, RANGES))
    expect(error).toMatchObject({ tag: 'source-denied', context: { status: 403, attempts: 1 } })
    expect(error.hint).toContain('--signing')
  })

  it('are read for longer than a token lives', async () => {
    const { server, url } = await serveSigned(400)
    const network = signing(server)
    const source = await network.openSource(url, ORIGIN, CALM)
    for (const range of RANGES) {
      await source.read([range], CALM)
      await delay(100)
    }
    expect(server.counters.token).toBeGreaterThan(2)
    expect(server.counters.token).toBeLessThanOrEqual(6)
    expect(network.counters.retries).toBe(0)
  })

  it('are read with tokens of two seconds through one connection at a time', async () => {
    const { server, url } = await serveSigned(2000, { latencyMs: 120 })
    const network = place.network({
      connections: 1,
      signing: 'planetary-computer',
      signingUrl: `${server.url}/api/sas/v1`,
    })
    const ranges = Array.from({ length: 16 }, (_, i) => ({ offset: 70_000 + 20_000 * i, length: 10 }))
    const parts = await readRanges(network, url, ranges)
    expect(parts.every(({ length }) => length === 10)).toBe(true)
    expect(server.counters).toMatchObject({ token: 2, denied: 0 })
  })

  it('are signed anew, once, where a token is refused', async () => {
    let refusals = 0
    const { server, url } = await serveSigned(3_600_000, {
      special: ({ url: { pathname } }) =>
        pathname.startsWith('/files/') && refusals++ < 1 ? { kind: 'other', status: 403 } : null,
    })
    const network = signing(server)
    const [part] = await readRanges(network, url, [{ offset: 0, length: 10 }])
    expect(part).toHaveLength(10)
    expect(server.counters.token).toBe(2)
    expect(network.counters.retries).toBe(1)
  })

  it('are given up where a new token is refused as well', async () => {
    const { server, url } = await serveSigned(3_600_000, {
      special: ({ url: { pathname } }) =>
        pathname.startsWith('/files/') ? { kind: 'other', status: 403 } : null,
    })
    const error = await failure(readRanges(signing(server), url, RANGES))
    expect(error).toMatchObject({ tag: 'source-denied', file: url, context: { attempts: 2, item: 'scene' } })
    expect(server.counters.token).toBe(2)
    expect(JSON.stringify(error.toJSON())).not.toMatch(/sig=|se=/)
  })

  it('are given up where tokens are past their time from the start', async () => {
    const { server, url } = await serveSigned(-1000)
    const error = await failure(readRanges(signing(server), url, RANGES))
    expect(error.tag).toBe('source-denied')
    expect(server.counters.token).toBeLessThan(9)
  })

  it('keep a signature that they have already, and go unsigned where no collection is known', async () => {
    const server = await place.serve()
    const network = signing(server)
    await readRanges(network, `${server.url}/files/a.bin?sv=1&sig=own`, [RANGES[0]])
    const unknown: AssetOrigin = { collection: null, item: 'tile' }
    await (await network.openSource(`${server.url}/files/a.bin`, unknown, CALM)).read([RANGES[1]], CALM)
    expect(server.counters.token).toBe(0)
    expect(server.seen.some(({ path }) => path.includes('/token/'))).toBe(false)
  })

  it('come through faults of all kinds and short tokens', async () => {
    const faults = { seed: 3, share: 0.3, retryAfter: '0', stallMs: 300 }
    const { server, url } = await serveSigned(500, { faults })
    const parts = await readRanges(signing(server), url, RANGES)
    for (const [i, { offset, length }] of RANGES.entries()) {
      expect(Buffer.compare(parts[i], place.content.subarray(offset, offset + length))).toBe(0)
    }
  })
})

describe('tokens', () => {
  it('are asked for with the key, which goes nowhere else', async () => {
    const files = await place.serve()
    const tokens = await place.serve({ signing: { lifetimeMs: 3_600_000 } })
    const network = signing(tokens, 'secret-key')
    await readRanges(network, `${files.url}/files/a.bin`, RANGES)
    expect(tokens.seen).toMatchObject([
      { path: '/api/sas/v1/token/sentinel-2-l2a', headers: { 'ocp-apim-subscription-key': 'secret-key' } },
    ])
    for (const { headers } of files.seen) expect(JSON.stringify(headers)).not.toContain('secret-key')
  })

  it('are those of the container where a file lies in Azure, of the collection elsewhere', () => {
    const counters = zeroNetworkCounters()
    const policy = new RetryPolicy()
    const health = new HostHealth(policy)
    const transport = new Transport(1, new HostSlots(1), health, TIMEOUTS, counters, () => ({}))
    const signer = new Signer(
      new HttpClient(transport, policy, counters, health),
      new URL('https://sign.org'),
    )
    const scope = (href: string, collection: string | null): string | null =>
      signer.scope(new URL(href), collection)
    expect(scope('https://sentinel2l2a01.blob.core.windows.net/sentinel2-l2/a/b.tif', null)).toBe(
      'sentinel2l2a01/sentinel2-l2',
    )
    expect(scope('https://host.org/a/b.tif', 'cop-dem-glo-30')).toBe('cop-dem-glo-30')
    expect(scope('https://host.org/a/b.tif', '../x?y')).toBe('..%2Fx%3Fy')
    expect(scope('https://host.org/a/b.tif', null)).toBeNull()
    expect(scope('https://a11.blob.core.windows.net/c/x.tif?sig=1', 'c')).toBeNull()
    expect(scope('https://a11.blob.core.windows.net.evil.org/c/x.tif', null)).toBeNull()
  })

  it.each([
    ['is down', { kind: 'other', status: 503 }, 'source-busy'],
    ['wants a key', { kind: 'other', status: 401 }, 'source-denied'],
    ['does not know the collection', { kind: 'other', status: 404 }, 'asset-missing'],
    ['sends a page', { kind: 'other', status: 200, body: Buffer.from('<html>') }, 'source-answer'],
  ] satisfies [string, Outcome, string][])('fail where their server %s', async (_, outcome, reason) => {
    const server = await oddTokens(outcome)
    const error = await failure(readRanges(signing(server), `${server.url}/files/a.bin`, RANGES))
    expect(error).toMatchObject({
      tag: 'signing-failed',
      file: `${server.url}/api/sas/v1/token/sentinel-2-l2a`,
      context: { host: new URL(server.url).host, reason, collection: 'sentinel-2-l2a', item: 'scene' },
    })
    expect(error.hint).toContain('--signing-url')
  })

  it.each([{}, { token: 'sig=secret' }, { token: 'sig=secret', 'msft:expiry': 'soon' }, { token: 'a b' }])(
    'fail where the answer is %j',
    async (answer) => {
      const server = await oddTokens(jsonOutcome('token', 200, answer))
      const error = await failure(readRanges(signing(server), `${server.url}/files/a.bin`, RANGES))
      expect(error.tag).toBe('signing-failed')
      expect(JSON.stringify(error.toJSON())).not.toContain('secret')
    },
  )

  it('are reckoned by the clock of the server where ours is wrong', async () => {
    const theirs = Date.now() - 7_200_000
    const server = await oddTokens({
      ...jsonOutcome('token', 200, {
        token: 'sig=x',
        'msft:expiry': new Date(theirs + 3_600_000).toISOString(),
      }),
      headers: { date: new Date(theirs).toUTCString() },
    })
    const network = signing(server)
    await readRanges(network, `${server.url}/files/a.bin`, RANGES)
    expect(server.seen.filter(({ path }) => path.includes('/token/'))).toHaveLength(1)
  })
})
