import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SAMPLE_DIR } from '../../../e2e/tools'
import type { Network } from '../network'
import { CALM, failure, makePlace, readRanges, type Place } from '../network-fixture'
import { startServerProcess } from './server-process'
import type { StacOptions } from './stac-answers'

const itemsFile = join(SAMPLE_DIR, 'stac/items.json')
const pageSchema = z.object({
  features: z.array(
    z.object({ id: z.string(), assets: z.record(z.string(), z.object({ href: z.string() })) }),
  ),
  links: z.array(
    z.object({
      rel: z.string(),
      href: z.string(),
      method: z.string(),
      merge: z.boolean().optional(),
      body: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
})
let place: Place
let network: Network

beforeAll(async () => {
  place = await makePlace(10)
  network = place.network()
})
afterAll(() => place.close())

async function stac(options: Partial<StacOptions> = {}): Promise<string> {
  const server = await place.serve({ folder: SAMPLE_DIR, stac: { itemsFile, ...options } })
  return `${server.url}/stac`
}

async function search(root: string, body: Record<string, unknown>): Promise<z.infer<typeof pageSchema>> {
  return pageSchema.parse((await network.json({ url: `${root}/search`, body, signal: CALM })).value)
}

/** Numbers of items on each page, following next links. */
async function pages(root: string, body: Record<string, unknown>): Promise<number[]> {
  const counts: number[] = []
  let page = await search(root, body)
  for (;;) {
    counts.push(page.features.length)
    const next = page.links.find(({ rel }) => rel === 'next')
    if (next === undefined) return counts
    page = await search(root, next.merge === true ? { ...body, ...next.body } : { ...next.body })
  }
}

describe('the STAC API of the test server', () => {
  it('says what it can do', async () => {
    const { value } = await network.json({ url: await stac({ dialect: 'filter' }), signal: CALM })
    expect(JSON.stringify(value)).toContain('cql2-json')
    expect(value).toMatchObject({ type: 'Catalog', links: expect.any(Array) as unknown })
  })

  it('finds by box, time, collection and cloud cover', async () => {
    const root = await stac()
    const scenes = { collections: ['sentinel-2-l2a'], limit: 100 }
    expect((await search(root, scenes)).features).toHaveLength(8)
    expect((await search(root, { ...scenes, bbox: [0, 0, 1, 1] })).features).toHaveLength(0)
    expect((await search(root, { ...scenes, bbox: [8.97, 48, 8.98, 48.01] })).features).not.toHaveLength(0)
    const june = { ...scenes, datetime: '2020-06-01T00:00:00Z/2020-06-30T23:59:59Z' }
    expect((await search(root, june)).features).toHaveLength(3)
    const clear = { ...june, query: { 'eo:cloud_cover': { lt: 11.25 } } }
    expect((await search(root, clear)).features).toHaveLength(1)
  })

  it('filters with CQL2 where it says so, and refuses what it does not know', async () => {
    const cloud = (limit: number): unknown => ({ op: '<', args: [{ property: 'eo:cloud_cover' }, limit] })
    const platform = { op: '=', args: [{ property: 'platform' }, 'sentinel-2a'] }
    const body = { limit: 100, filter: { op: 'and', args: [cloud(4), platform] }, 'filter-lang': 'cql2-json' }
    expect((await search(await stac({ dialect: 'filter' }), body)).features).toHaveLength(2)
    expect((await failure(search(await stac(), body))).context.status).toBe(400)
  })

  it.each([true, false])('pages by POST with merge %s, and to an empty page where told so', async (merge) => {
    const body = { collections: ['sentinel-2-l2a'], limit: 4 }
    expect(await pages(await stac({ merge }), body)).toEqual([4, 4])
    expect(await pages(await stac({ merge, emptyLastPage: true }), body)).toEqual([4, 4, 0])
  })

  it('pages by GET, alone where told so', async () => {
    const root = await stac({ dialect: 'get' })
    expect((await failure(search(root, {}))).context.status).toBe(405)
    const url = `${root}/search?collections=sentinel-2-l2a&bbox=5,40,12,50&limit=5`
    const one = pageSchema.parse((await network.json({ url, signal: CALM })).value)
    const two = pageSchema.parse((await network.json({ url: one.links[0].href, signal: CALM })).value)
    expect([one.features.length, two.features.length, two.links.length]).toEqual([5, 3, 0])
  })

  it('breaks down over pages that are too large', async () => {
    const root = await stac({ badGatewayAbove: 50 })
    expect((await failure(search(root, { limit: 100 }))).context).toMatchObject({ status: 502, attempts: 3 })
    expect((await search(root, { limit: 50 })).features).toHaveLength(20)
  })

  it('names files that it serves', async () => {
    const { features } = await search(await stac(), { limit: 1 })
    const [part] = await readRanges(network, features[0].assets.B02.href, [{ offset: 0, length: 2 }])
    expect(Buffer.from(part).toString()).toMatch(/II|MM/)
  })
})

it('runs in a process of its own', async () => {
  const server = await startServerProcess({
    folder: SAMPLE_DIR,
    latencyMs: 5,
    signing: { lifetimeMs: 2000 },
    stac: { itemsFile },
  })
  const signed = place.network({ signing: 'planetary-computer', signingUrl: `${server.url}/api/sas/v1` })
  const { features } = await search(`${server.url}/stac`, { limit: 1 })
  await readRanges(signed, features[0].assets.B02.href, [{ offset: 0, length: 2 }])
  const { counters, seen } = await server.look()
  expect(counters).toMatchObject({ search: 1, token: 1, range: 1, denied: 0 })
  expect(seen).toHaveLength(3)
  await server.close()
})
