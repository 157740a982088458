import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src-shared/errors/studio-error'
import { earthSearchItem, type ItemJson } from '../catalog/item-fixtures'
import type { JsonClient } from '../http/json-client'
import { API, CQL2, MemoryApi, type MemoryApiOptions } from './memory-api-fixture'
import type { SearchQuery } from './search-request'
import { StacApi } from './stac-api'

const signal = new AbortController().signal

const items = Array.from({ length: 25 }, (_, i): ItemJson => {
  const item = earthSearchItem({ 'eo:cloud_cover': i })
  return { ...item, id: `item ${i}` }
})

const query: SearchQuery = {
  collections: ['sentinel-2-l2a'],
  bbox: [9, 48, 9.5, 48.5],
  time: [Date.UTC(2020, 5, 1), Date.UTC(2020, 5, 10)],
  maxCloudCover: null,
}

async function idsOf(client: JsonClient, asked: Partial<SearchQuery> = {}): Promise<string[]> {
  const api = await StacApi.open(client, API, signal)
  const ids: string[] = []
  for await (const { features } of api.search({ ...query, ...asked }, signal)) {
    ids.push(...features.map((item) => (item as ItemJson).id))
  }
  return ids
}

async function thrownBy(work: Promise<unknown>): Promise<StudioError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof StudioError) return error
  throw new Error(`threw ${String(error)}`)
}

const all = items.map(({ id }) => id)

describe('a STAC API', () => {
  it.each<[string, MemoryApiOptions, number]>([
    ['bodies', { items, pageItems: 10, next: 'body' }, 3],
    ['parts of bodies to merge', { items, pageItems: 10, next: 'merge' }, 3],
    ['addresses', { items, pageItems: 10, next: 'get' }, 3],
    ['addresses to POST the same body to', { items, pageItems: 10, next: 'post-address' }, 3],
    ['a link on the last page that leads to an empty one', { items, pageItems: 5, nextAtEnd: true }, 6],
    ['GET alone', { items, pageItems: 10, post: false }, 3],
  ])('is read to the end where pages are linked by %s', async (_, options, pages) => {
    const client = new MemoryApi(options)
    expect(await idsOf(client)).toEqual(all)
    expect(client.searches).toHaveLength(pages)
    expect(client.searches[0].method).toBe(options.post === false ? 'GET' : 'POST')
  })

  it.each<[string, MemoryApiOptions, string, unknown]>([
    ['the query extension', { items }, 'query', { 'eo:cloud_cover': { lt: 7 } }],
    [
      'CQL2 as JSON',
      { items, conformsTo: CQL2 },
      'filter',
      { op: '<', args: [{ property: 'eo:cloud_cover' }, 7] },
    ],
    ['CQL2 as text', { items, conformsTo: CQL2, post: false }, 'filter', '"eo:cloud_cover" < 7'],
    ['the query extension by GET', { items, post: false }, 'query', '{"eo:cloud_cover":{"lt":7}}'],
  ])('is asked for clear scenes by %s', async (_, options, name, expected) => {
    const client = new MemoryApi(options)
    expect(await idsOf(client, { maxCloudCover: 7 })).toEqual(all.slice(0, 7))
    expect(client.searches[0].body[name]).toEqual(expected)
  })

  it('that knows no filter is asked for all', async () => {
    const client = new MemoryApi({ items, conformsTo: [] })
    expect(await idsOf(client, { maxCloudCover: 7 })).toEqual(all)
    expect(client.searches[0].body).toEqual({
      collections: ['sentinel-2-l2a'],
      bbox: [9, 48, 9.5, 48.5],
      datetime: '2020-06-01T00:00:00Z/2020-06-10T00:00:00Z',
      limit: 250,
    })
  })

  it.each([
    ['by POST', { items, pageItems: 10 }],
    ['by POST with parts to merge', { items, pageItems: 10, next: 'merge' as const }],
    ['by GET', { items, pageItems: 10, post: false }],
  ])(
    'that claims a filter and does not understand it is asked without, once and for all: %s',
    async (_, options) => {
      const client = new MemoryApi(options)
      client.fault = ({ body }) =>
        'query' in body
          ? new StudioError('source-answer', 'no', { hint: '', context: { status: 400 } })
          : null
      const api = await StacApi.open(client, API, signal)
      for (let search = 0; search < 2; search++) {
        let count = 0
        for await (const { features } of api.search({ ...query, maxCloudCover: 7 }, signal))
          count += features.length
        expect(count).toBe(25)
      }
      expect(client.searches.map(({ body }) => 'query' in body)).toEqual([
        true,
        ...Array<boolean>(6).fill(false),
      ])
    },
  )

  it('that does not understand a search at all is told as such', async () => {
    const client = new MemoryApi({ items })
    client.fault = ({ url }) =>
      url.pathname.endsWith('/search')
        ? new StudioError('source-answer', 'no', { hint: '', context: { status: 400 } })
        : null
    const error = await thrownBy(idsOf(client, { maxCloudCover: 7 }))
    expect([error.tag, client.searches.length]).toEqual(['source-answer', 2])
  })

  it('that cannot make large pages is asked for smaller ones from then on', async () => {
    const client = new MemoryApi({ items, mostItems: 20 })
    const api = await StacApi.open(client, API, signal)
    for (let search = 0; search < 2; search++) {
      let count = 0
      for await (const { features } of api.search(query, signal)) count += features.length
      expect(count).toBe(25)
    }
    expect(client.searches.map(({ body }) => body.limit)).toEqual([250, 125, 62, 31, 15, 15, 15, 15])
  })

  it('that fails with the smallest pages, too, has failed', async () => {
    const error = await thrownBy(idsOf(new MemoryApi({ items, mostItems: 5 })))
    expect([error.tag, error.context.status]).toEqual(['source-busy', 502])
  })

  it.each<[string, MemoryApiOptions]>([
    ['to a page that was there before', { items, pageItems: 10, circles: true }],
    ['from GET to itself', { items, post: false, circles: true }],
  ])('whose pages lead %s is given up', async (_, options) => {
    const error = await thrownBy(idsOf(new MemoryApi(options)))
    expect(error).toMatchObject({ tag: 'source-answer', context: { host: 'stac.example' } })
    expect(error.message).toContain('in circles')
  })

  const answering = (value: unknown): JsonClient => ({
    json: ({ url }) => Promise.resolve({ value, url }),
  })
  const missing: JsonClient = {
    json: () =>
      Promise.reject(new StudioError('asset-missing', 'no', { hint: '', context: { status: 404 } })),
  }
  const landing = { type: 'Catalog', stac_version: '1.0.0', links: [] }

  it.each<[string, JsonClient]>([
    ['is not there', missing],
    ['is something else', answering({ hello: 'world' })],
    ['is a list', answering([])],
    ['is that of a static catalog', answering(landing)],
    ['leads elsewhere', answering({ ...landing, links: [{ rel: 'search', href: 'file:///etc/passwd' }] })],
  ])('whose landing page %s is none', async (_, client) => {
    const error = await thrownBy(StacApi.open(client, API, signal))
    expect(error).toMatchObject({ tag: 'source-answer', context: { host: 'stac.example' } })
    expect(error.hint).not.toBe('')
  })

  it('passes on what the network says', async () => {
    for (const tag of ['source-denied', 'source-unreachable', 'source-answer'] as const) {
      const client: JsonClient = { json: () => Promise.reject(new StudioError(tag, 'no', { hint: '' })) }
      expect((await thrownBy(StacApi.open(client, API, signal))).tag).toBe(tag)
    }
  })

  it('whose search gives no feature collection, or leads off the web, is told as such', async () => {
    const search = { rel: 'search', href: '/search', method: 'POST' }
    const page = { type: 'FeatureCollection', features: [{ id: 'a' }] }
    for (const answer of [
      { type: 'Feature' },
      { ...page, links: [{ rel: 'next', href: 'ftp://elsewhere/next' }] },
    ]) {
      const client: JsonClient = {
        json: ({ url, body }) =>
          Promise.resolve({ value: body === undefined ? { ...landing, links: [search] } : answer, url }),
      }
      expect((await thrownBy(idsOf(client))).tag).toBe('source-answer')
    }
  })

  it('has collections', async () => {
    const api = await StacApi.open(new MemoryApi({ items }), API, signal)
    expect(await api.collections(signal)).toEqual([{ id: 'sentinel-2-l2a', title: 'sentinel-2-l2a' }])
  })
})
