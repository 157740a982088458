import type { Bounds } from '../../src-shared/catalog/scene'
import { isoSeconds } from '../../src-shared/footprint/time'
import { answerError, type ApiLink, type Landing } from './stac-answers'

/** What is searched for. */
export interface SearchQuery {
  collections: readonly string[]
  /** West, south, east, north in degrees, null for everywhere; never across the antimeridian. */
  bbox: Bounds | null
  /** Sensing time from and until, both inclusive, milliseconds since 1970 in whole seconds; null for any. */
  time: readonly [from: number, until: number] | null
  /** Cloud cover below this, percent; null for any. */
  maxCloudCover: number | null
}

/** How a server says no to clouds: the `query` extension, CQL2, or not at all. */
export type CloudFilter = 'query' | 'cql2' | 'none'

/** How a server is searched. */
export interface SearchWays {
  /** Address for POST, null where the server takes GET only. */
  post: string | null
  get: string
  /** What it understands in a body. */
  postFilter: CloudFilter
  /** What it understands in an address. */
  getFilter: CloudFilter
}

/** A request for a page: POST with a body, GET without. */
export interface PageRequest {
  url: string
  body: Record<string, unknown> | null
}

/** Conformance classes end in these, with whatever version before. */
const ITEM_SEARCH = /\/item-search$/
const QUERY = /\/item-search#query$/
const FILTER = /\/item-search#filter$/
const CQL2_JSON = /\/cql2-json$/
const CQL2_TEXT = /\/cql2-text$/

/** Servers that understand the `query` extension although they may not say so. */
const LIKE_EARTH_SEARCH = /(^|[./-])earth-search\b/i

/**
 * How a server is searched, by its landing page.
 * @param url Address of the landing page after redirects.
 * @returns null where it has no item search.
 */
export function searchWays(
  { conformsTo, links }: Pick<Landing, 'conformsTo' | 'links'>,
  url: string,
): SearchWays | null {
  const says = (pattern: RegExp): boolean => conformsTo.some((name) => pattern.test(name))
  const found = links.filter(({ rel }) => rel === 'search')
  const address = (method: string): string | null => {
    const link = found.find((each) => (each.method ?? 'GET').toUpperCase() === method)
    return link === undefined ? null : webAddress(link.href, url)
  }
  const post = address('POST')
  const get = address('GET') ?? post
  if (get === null) {
    if (!says(ITEM_SEARCH)) return null
    return searchWays({ conformsTo, links: [{ rel: 'search', href: `${withSlash(url)}search` }] }, url)
  }
  const query = says(QUERY) || LIKE_EARTH_SEARCH.test(new URL(url).host)
  const filter = says(FILTER)
  return {
    post,
    get,
    postFilter: query ? 'query' : filter && says(CQL2_JSON) ? 'cql2' : 'none',
    getFilter: filter && says(CQL2_TEXT) ? 'cql2' : query ? 'query' : 'none',
  }
}

/** The same ways without saying no to clouds; null where they do not say it anyway. */
export function withoutFilter(ways: SearchWays): SearchWays | null {
  const used = ways.post === null ? ways.getFilter : ways.postFilter
  return used === 'none' ? null : { ...ways, postFilter: 'none', getFilter: 'none' }
}

/** The request for the first page of a search. */
export function firstPage(query: SearchQuery, ways: SearchWays, limit: number): PageRequest {
  const { collections, bbox, time, maxCloudCover } = query
  const datetime = time === null ? null : time.map(isoSeconds).join('/')
  if (ways.post !== null) {
    const body = {
      collections: [...collections],
      ...(bbox === null ? {} : { bbox: [...bbox] }),
      ...(datetime === null ? {} : { datetime }),
      limit,
      ...(maxCloudCover === null ? {} : cloudBody(ways.postFilter, maxCloudCover)),
    }
    return { url: ways.post, body }
  }
  const url = new URL(ways.get)
  url.searchParams.set('collections', collections.join(','))
  if (bbox !== null) url.searchParams.set('bbox', bbox.join(','))
  if (datetime !== null) url.searchParams.set('datetime', datetime)
  url.searchParams.set('limit', String(limit))
  const filter = maxCloudCover === null ? {} : cloudParameters(ways.getFilter, maxCloudCover)
  for (const [name, value] of Object.entries(filter)) url.searchParams.set(name, value)
  return { url: url.href, body: null }
}

/**
 * The request that a `next` link stands for. Headers that a link names are not sent.
 * @param answerUrl Address that the page came from.
 * @throws StudioError `source-answer` where it leads to something that is not on the web.
 */
export function nextPage(link: ApiLink, previous: PageRequest, answerUrl: string): PageRequest {
  const url = webAddress(link.href, answerUrl)
  if ((link.method ?? 'GET').toUpperCase() !== 'POST') return { url, body: null }
  const body = link.body ?? null
  // A POST without a body would ask for everything; the state is then in the address.
  if (body === null) return { url, body: previous.body ?? {} }
  return { url, body: link.merge === true ? { ...previous.body, ...body } : body }
}

/** The same request for pages of another size. */
export function withLimit({ url, body }: PageRequest, limit: number): PageRequest {
  if (body !== null) return { url, body: { ...body, limit } }
  const address = new URL(url)
  address.searchParams.set('limit', String(limit))
  return { url: address.href, body: null }
}

/**
 * An href of an answer as an http or https address.
 * @throws StudioError `source-answer` for any other
 */
export function webAddress(href: string, answerUrl: string): string {
  const url = URL.canParse(href, answerUrl) ? new URL(href, answerUrl) : null
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) return url.href
  throw answerError(answerUrl, 'The answer links to an address that is none of http or https.')
}

function cloudBody(filter: CloudFilter, limit: number): Record<string, unknown> {
  switch (filter) {
    case 'query':
      return { query: { 'eo:cloud_cover': { lt: limit } } }
    case 'cql2':
      return {
        'filter-lang': 'cql2-json',
        filter: { op: '<', args: [{ property: 'eo:cloud_cover' }, limit] },
      }
    case 'none':
      return {}
  }
}

function cloudParameters(filter: CloudFilter, limit: number): Record<string, string> {
  switch (filter) {
    case 'query':
      return { query: JSON.stringify({ 'eo:cloud_cover': { lt: limit } }) }
    case 'cql2':
      return { 'filter-lang': 'cql2-text', filter: `"eo:cloud_cover" < ${limit}` }
    case 'none':
      return {}
  }
}

function withSlash(url: string): string {
  const address = new URL(url)
  if (!address.pathname.endsWith('/')) address.pathname += '/'
  return address.href
}
