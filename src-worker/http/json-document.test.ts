import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALM, failure, makePlace, type Place } from './network-fixture'
import type { StudioError } from '../../src-shared/errors/studio-error'
import type { Outcome } from './testing/answer'

let place: Place

beforeAll(async () => {
  place = await makePlace(10)
})
afterAll(() => place.close())

async function fetched(outcome: Omit<Outcome, 'kind' | 'status'>): Promise<unknown> {
  const server = await place.serve({ special: () => ({ kind: 'document', status: 200, ...outcome }) })
  return (await place.network().json({ url: `${server.url}/x?key=secret`, signal: CALM })).value
}

const refused = (type: string, body: string | Buffer): Promise<StudioError> =>
  failure(fetched({ headers: { 'content-type': type }, body: Buffer.from(body) }))

describe('JSON documents', () => {
  it.each([
    'application/json',
    'application/geo+json; charset=utf-8',
    'text/plain',
    'application/octet-stream',
  ])('come as %s', async (type) => {
    expect(
      await fetched({ headers: { 'content-type': type }, body: Buffer.from('\ufeff{"ä":[1]}') }),
    ).toEqual({
      ä: [1],
    })
  })

  it('come without a type, and packed', async () => {
    expect(await fetched({ body: Buffer.from('[]') })).toEqual([])
    expect(await fetched({ headers: { 'content-encoding': 'gzip' }, body: gzipSync('{"a":2}') })).toEqual({
      a: 2,
    })
  })

  it('are sent as such, and asked for in the types of STAC', async () => {
    const server = await place.serve({
      special: () => ({ kind: 'search', status: 200, body: Buffer.from('{}') }),
    })
    await place.network().json({ url: server.url, body: { limit: 1 }, signal: CALM })
    expect(server.seen[0]).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } })
    expect(server.seen[0].headers.accept).toContain('application/geo+json')
  })

  it.each([
    ['text/html; charset=utf-8', '<html>secret page</html>', 'text/html'],
    ['application/json', '<html>secret page</html>', 'application/json'],
    ['application/xml', '<a>secret</a>', 'application/xml'],
    ['nonsense "secret"', 'secret', 'unknown kind'],
    ['application/json', '', 'empty'],
    ['application/json', '{"secret": tru', 'application/json'],
  ])('are not what comes as %s', async (type, body, said) => {
    const error = await refused(type, body)
    expect(error.tag).toBe('source-answer')
    expect(error.message).toContain(said)
    expect(error.hint).toContain('address')
    expect(JSON.stringify(error.toJSON())).not.toContain('secret')
  })

  it('are not unpacked without end', async () => {
    const mebibyte = gzipSync(Buffer.alloc(1024 * 1024, 32))
    const bomb = Buffer.concat(Array.from({ length: 70 }, () => mebibyte))
    const error = await failure(fetched({ headers: { 'content-encoding': 'gzip' }, body: bomb }))
    expect(error).toMatchObject({ tag: 'source-answer', context: { attempts: 1 } })
    expect(error.message).toContain('too large')
  })

  it('are not read where the server says that they are longer than any', async () => {
    const error = await failure(fetched({ headers: { 'content-length': '99999999999' } }))
    expect(error.tag).toBe('source-answer')
  })

  it('are not asked for at other addresses than http and https', async () => {
    const error = await failure(
      Promise.resolve().then(() => place.network().json({ url: 'file:///x', signal: CALM })),
    )
    expect(error.tag).toBe('source-answer')
  })
})
