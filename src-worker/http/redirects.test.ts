import { readFile } from 'node:fs/promises'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CALM, failure, makePlace, readRanges, type Place } from './network-fixture'
import type { Outcome } from './testing/answer'
import type { ImageryServer } from './testing/imagery-server'
import { HostHealth } from './host-health'
import { HostSlots } from './host-slots'
import { zeroNetworkCounters } from './network-counters'
import { RetryPolicy } from './retry-policy'
import { TIMEOUTS, Transport } from './transport'

let place: Place
let target: ImageryServer

beforeAll(async () => {
  place = await makePlace()
  target = await place.serve()
})
afterAll(() => place.close())

const to = (location: string, status = 302): Outcome => ({ kind: 'other', status, headers: { location } })

it('follows files to where they are', async () => {
  const server = await place.serve({ special: () => to(`${target.url}/files/a.bin?sig=secret`) })
  const [part] = await readRanges(place.network(), `${server.url}/x`, [{ offset: 7, length: 9 }])
  expect(Buffer.compare(part, place.content.subarray(7, 16))).toBe(0)
})

it('tells where a document came from in the end', async () => {
  const server = await place.serve({
    special: ({ url }) =>
      url.pathname === '/end/x.json'
        ? { kind: 'document', status: 200, body: Buffer.from('{}') }
        : to('end/x.json', 308),
  })
  const answer = await place.network().json({ url: `${server.url}/start`, signal: CALM })
  expect(answer.url).toBe(`${server.url}/end/x.json`)
})

it.each([
  [301, 'POST', '{"a":1}'],
  [302, 'POST', '{"a":1}'],
  [307, 'POST', '{"a":1}'],
  [308, 'POST', '{"a":1}'],
  [303, 'GET', ''],
])('after status %i asks by %s', async (status, method, body) => {
  const server = await place.serve({
    special: (incoming) =>
      incoming.url.pathname === '/search'
        ? to('/search/', status)
        : {
            kind: 'search',
            status: 200,
            body: Buffer.from(JSON.stringify([incoming.method, incoming.body.toString()])),
          },
  })
  const answer = await place.network().json({ url: `${server.url}/search`, body: { a: 1 }, signal: CALM })
  expect(answer.value).toEqual([method, body])
})

it('takes no credentials to another host, nor back', async () => {
  const credentials = {
    subscriptionKey: 'secret-key',
    bearerTokens: new Map<string, string>(),
  }
  let home = ''
  const other = await place.serve({ special: () => to(`${home}/back`) })
  const server = await place.serve({
    special: ({ url }) =>
      url.pathname === '/start'
        ? { ...to(`${other.url}/away`), headers: { location: `${other.url}/away`, 'set-cookie': 'a=b' } }
        : { kind: 'document', status: 200, body: Buffer.from('{}') },
  })
  home = server.url
  for (const { url } of [server, other]) credentials.bearerTokens.set(new URL(url).host, 'secret-token')
  const network = place.network({ credentials, signing: 'planetary-computer', signingUrl: server.url })
  await network.json({ url: `${server.url}/start`, signal: CALM })
  const [start, back] = server.seen
  expect(start.headers).toMatchObject({
    authorization: 'Bearer secret-token',
    'ocp-apim-subscription-key': 'secret-key',
  })
  for (const { headers } of [other.seen[0], back]) {
    expect(headers.authorization).toBeUndefined()
    expect(headers['ocp-apim-subscription-key']).toBeUndefined()
    expect(headers.cookie).toBeUndefined()
  }
})

it('keeps credentials within one host', async () => {
  const server = await place.serve({
    special: ({ url }) =>
      url.pathname === '/start' ? to('/end') : { kind: 'document', status: 200, body: Buffer.from('{}') },
  })
  const bearerTokens = new Map([[new URL(server.url).host, 'secret-token']])
  const network = place.network({ credentials: { subscriptionKey: null, bearerTokens } })
  await network.json({ url: `${server.url}/start`, signal: CALM })
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer secret-token',
    'Bearer secret-token',
  ])
})

it.each(['ftp://host/x?secret', 'file:///etc/passwd?secret', 'javascript:secret', 'http://'])(
  'does not follow to %s',
  async (location) => {
    const server = await place.serve({ special: () => to(location) })
    const error = await failure(place.network().json({ url: `${server.url}/x`, signal: CALM }))
    expect(error).toMatchObject({ tag: 'source-answer', file: `${server.url}/x` })
    expect(JSON.stringify(error.toJSON())).not.toContain('secret')
  },
)

it('does not go round in circles for ever', async () => {
  const server = await place.serve({ special: ({ url }) => to(`${url.pathname}x`) })
  const error = await failure(place.network().json({ url: `${server.url}/x`, signal: CALM }))
  expect(error.tag).toBe('source-answer')
  expect(server.seen).toHaveLength(6)
})

it('does not go from https to http', async () => {
  const pem = await readFile(resolve(import.meta.dirname, 'testing/self-signed.pem'))
  const server = createTlsServer({ key: pem, cert: pem }, (_, response) => {
    response.writeHead(302, { location: `${target.url}/files/a.bin` }).end()
  })
  await new Promise<void>((done) => server.listen(0, done))
  const slots = new HostSlots(1)
  const trusting = new Transport(
    1,
    slots,
    new HostHealth(new RetryPolicy()),
    TIMEOUTS,
    zeroNetworkCounters(),
    () => ({}),
    pem,
  )
  const url = new URL(`https://localhost:${(server.address() as AddressInfo).port}/x`)
  const before = target.seen.length
  await expect(
    trusting.exchange({ url, method: 'GET', headers: {}, limit: () => 100 }, CALM),
  ).rejects.toMatchObject({
    kind: 'answer',
    message: expect.stringContaining('from https to http') as string,
  })
  expect(target.seen.length).toBe(before)
  await trusting.close()
  server.close()
})
