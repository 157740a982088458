import { StudioError } from '../../src-shared/errors/studio-error'
import { boundsMeet } from '../catalog/lonlat-cells'
import type { ItemJson } from '../catalog/item-fixtures'
import type { JsonAnswer, JsonClient, JsonRequest } from '../http/json-client'

/** A STAC API in memory for tests, with the habits of real ones. */

export interface MemoryApiOptions {
  items: readonly ItemJson[]
  /** Items of a page, whatever larger number is asked for. */
  pageItems?: number
  /** How the next page is linked: in a whole body, a part of one, an address, or an address to POST to. */
  next?: 'body' | 'merge' | 'get' | 'post-address'
  /** Whether the last page has a `next` link all the same, as Earth Search has. */
  nextAtEnd?: boolean
  post?: boolean
  conformsTo?: readonly string[]
  /** More items a page than this make the server fail with 502. */
  mostItems?: number
  /** Leads from every page to itself. */
  circles?: boolean
}

export const API = 'https://stac.example/v1'
const CORE = 'https://api.stacspec.org/v1.0.0'
export const QUERY = [`${CORE}/item-search#query`]
export const CQL2 = [
  `${CORE}/item-search#filter`,
  'http://www.opengis.net/spec/cql2/1.0/conf/cql2-json',
  'http://www.opengis.net/spec/cql2/1.0/conf/cql2-text',
]

interface Asked {
  method: 'GET' | 'POST'
  url: URL
  body: Record<string, unknown>
}

export class MemoryApi implements JsonClient {
  /** All requests in order. */
  readonly asked: Asked[] = []
  /** Throws instead of answering where it returns an error. */
  fault: (request: Asked) => StudioError | null = () => null

  constructor(private readonly options: MemoryApiOptions) {}

  /** Searches, pages among them. */
  get searches(): Asked[] {
    return this.asked.filter(({ url }) => url.pathname.endsWith('/search'))
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- what it throws must come as a rejection
  async json({ url, body, signal }: JsonRequest): Promise<JsonAnswer> {
    signal.throwIfAborted()
    const address = new URL(url)
    const asked: Asked = {
      method: body === undefined ? 'GET' : 'POST',
      url: address,
      body: (body ?? Object.fromEntries(address.searchParams)) as Record<string, unknown>,
    }
    this.asked.push(asked)
    const fault = this.fault(asked)
    if (fault !== null) throw fault
    const value = JSON.parse(JSON.stringify(this.answer(asked))) as unknown
    return { value, url }
  }

  private answer(asked: Asked): unknown {
    switch (asked.url.pathname) {
      case '/v1':
        return this.landing()
      case '/v1/collections': {
        const ids = new Set(this.options.items.map(({ collection }) => collection ?? ''))
        return { collections: [...ids].map((id) => ({ id, title: id })), links: [] }
      }
      case '/v1/search':
        return this.page(asked)
      default:
        throw new StudioError('asset-missing', 'not there', { hint: '', context: { status: 404 } })
    }
  }

  private landing(): unknown {
    const { post = true, conformsTo = QUERY } = this.options
    const search = (method: string): object => ({ rel: 'search', href: 'v1/search', method })
    return {
      type: 'Catalog',
      id: 'test',
      stac_version: '1.0.0',
      conformsTo: [`${CORE}/core`, `${CORE}/item-search`, ...conformsTo],
      links: [{ rel: 'data', href: '/v1/collections' }, ...(post ? [search('POST')] : []), search('GET')],
    }
  }

  private page({ body, method, url }: Asked): unknown {
    const {
      pageItems = 250,
      mostItems = Infinity,
      next = 'body',
      nextAtEnd = false,
      circles = false,
    } = this.options
    const limit = Number(body.limit ?? 10)
    if (limit > mostItems) {
      throw new StudioError('source-busy', 'too large', { hint: '', context: { status: 502 } })
    }
    const token = next === 'post-address' ? url.searchParams.get('token') : body.token
    const start = Number(token ?? 0)
    const found = this.options.items.filter((item) => matches(item, body))
    const features = found.slice(start, start + Math.min(limit, pageItems))
    const end = circles ? 0 : start + features.length
    const more = circles || end < found.length || (nextAtEnd && features.length > 0)
    const links = more ? [this.next({ body, method, url }, end)] : []
    return { type: 'FeatureCollection', features, links }
  }

  private next({ body, method, url }: Asked, token: number): object {
    const { next = 'body' } = this.options
    if (method === 'GET' || next === 'get') {
      const address = new URL(url)
      for (const [name, value] of Object.entries(body)) {
        address.searchParams.set(name, typeof value === 'string' ? value : plain(value))
      }
      address.searchParams.set('token', String(token))
      return { rel: 'next', href: address.href }
    }
    const href = new URL(url)
    if (next === 'post-address') {
      href.searchParams.set('token', String(token))
      return { rel: 'next', method: 'POST', href: href.href }
    }
    const part = { token }
    const whole = { ...body, token }
    return {
      rel: 'next',
      method: 'POST',
      href: href.href,
      merge: next === 'merge',
      body: next === 'merge' ? part : whole,
    }
  }
}

function plain(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : JSON.stringify(value)
}

/** What the servers themselves do with a search, as far as the tests need it. */
function matches(item: ItemJson, body: Record<string, unknown>): boolean {
  const list = (value: unknown): string[] | null =>
    Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : null
  const collections = list(body.collections)
  if (collections !== null && !collections.includes(item.collection ?? '')) return false
  const bbox = list(body.bbox)?.map(Number)
  if (bbox !== undefined && item.bbox !== undefined) {
    const [west, south, east, north] = item.bbox
    if (!boundsMeet([west, south, east, north], [bbox[0], bbox[1], bbox[2], bbox[3]])) return false
  }
  const interval =
    typeof body.datetime === 'string' ? body.datetime.split('/').map((t) => Date.parse(t)) : null
  const time = Date.parse(String(item.properties.datetime ?? item.properties.start_datetime))
  if (interval !== null && !(time >= interval[0] && time <= interval[1])) return false
  const filters = (JSON.stringify(body.query ?? '') + JSON.stringify(body.filter ?? '')).replaceAll('\\', '')
  const limit = /(?:lt":|"},|cover" < )([\d.]+)/.exec(filters)
  return limit === null || Number(item.properties['eo:cloud_cover']) < Number(limit[1])
}
