import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { jsonOutcome, type Incoming, type Outcome } from './answer'
import { itemSchema, matches, searchSchema, type Item, type Search } from './stac-filter'

export interface StacOptions {
  /** A STAC item collection. */
  itemsFile: string
  /** What the server can do beside simple searches by POST and GET; `get` has no POST. */
  dialect?: 'query' | 'filter' | 'plain' | 'get'
  /** The most items a page holds, whatever is asked for. */
  pageSize?: number
  /** Whether next links hold only what changes (`merge: true`) or the whole body. */
  merge?: boolean
  /** The last page with items has a next link too, which leads to an empty one. */
  emptyLastPage?: boolean
  /** Searches with a larger limit get 502. */
  badGatewayAbove?: number
  /** The href of an asset, by its absolute path or URL; where left out, files of the served folder become URLs. */
  rewriteHref?: (href: string) => string
}

const CORE = 'https://api.stacspec.org/v1.0.0'
const DEFAULT_LIMIT = 10

/** A STAC API over the items of a file, below `/stac`. */
export class StacAnswers {
  private constructor(
    private readonly items: readonly Item[],
    private readonly options: StacOptions,
    /** URL of the landing page. */
    private readonly root: string,
  ) {}

  static async load(
    options: StacOptions,
    root: string,
    rewrite: (href: string) => string,
  ): Promise<StacAnswers> {
    const text = await readFile(options.itemsFile, 'utf8')
    const { features } = z.object({ features: z.array(itemSchema) }).parse(JSON.parse(text))
    for (const { assets } of features) {
      for (const asset of Object.values(assets)) {
        const remote = /^[a-z][a-z0-9+.-]+:/i.test(asset.href)
        asset.href = rewrite(remote ? asset.href : resolve(dirname(options.itemsFile), asset.href))
      }
    }
    return new StacAnswers(features, options, root)
  }

  /** @param path Path below the landing page's, without slashes at its ends. */
  answer(path: string, incoming: Incoming): Outcome {
    if (path === '') return jsonOutcome('document', 200, this.landingPage())
    if (path === 'conformance') return jsonOutcome('document', 200, { conformsTo: this.conformsTo() })
    if (path === 'search') return this.search(incoming)
    if (path === 'collections')
      return jsonOutcome('document', 200, { collections: this.collections(), links: [] })
    const collection = this.collections().find(({ id }) => path === `collections/${id}`)
    return collection === undefined
      ? { kind: 'other', status: 404 }
      : jsonOutcome('document', 200, collection)
  }

  private collections(): { type: string; id: string; stac_version: string }[] {
    const ids = [...new Set(this.items.map(({ collection }) => collection))]
    return ids.map((id) => ({ type: 'Collection', id, stac_version: '1.0.0', links: [] }))
  }

  private conformsTo(): string[] {
    const classes = [`${CORE}/core`, `${CORE}/item-search`]
    switch (this.options.dialect ?? 'query') {
      case 'query':
        return [...classes, `${CORE}/item-search#query`]
      case 'filter':
        return [
          ...classes,
          `${CORE}/item-search#filter`,
          'http://www.opengis.net/spec/cql2/1.0/conf/cql2-json',
          'http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2',
        ]
      case 'plain':
      case 'get':
        return classes
    }
  }

  private landingPage(): unknown {
    const methods = this.options.dialect === 'get' ? ['GET'] : ['GET', 'POST']
    return {
      type: 'Catalog',
      id: 'test-server',
      stac_version: '1.0.0',
      description: 'Items of a file',
      conformsTo: this.conformsTo(),
      links: [
        { rel: 'self', type: 'application/json', href: this.root },
        { rel: 'data', type: 'application/json', href: `${this.root}/collections` },
        ...methods.map((method) => ({
          rel: 'search',
          type: 'application/geo+json',
          href: `${this.root}/search`,
          method,
        })),
      ],
    }
  }

  private search(incoming: Incoming): Outcome {
    const { dialect = 'query', badGatewayAbove = Infinity, pageSize = 10_000 } = this.options
    const post = incoming.method === 'POST'
    if (post && dialect === 'get') return jsonOutcome('search', 405, { code: 'MethodNotAllowed' })
    const parsed = searchSchema.safeParse(
      post ? parseJson(incoming.body.toString()) : fromQuery(incoming.url),
    )
    if (!parsed.success) return jsonOutcome('search', 400, { description: z.prettifyError(parsed.error) })
    const search = parsed.data
    if ((search.query && dialect !== 'query') || (search.filter && dialect !== 'filter')) {
      return jsonOutcome('search', 400, { description: 'An extension that the server does not have.' })
    }
    if ((search.limit ?? DEFAULT_LIMIT) > badGatewayAbove) return jsonOutcome('search', 502, {})
    const found = this.items.filter((item) => matches(item, search))
    const offset = Number(search.token?.replace(/^next:/, '') ?? 0)
    const end = offset + Math.min(search.limit ?? DEFAULT_LIMIT, pageSize)
    const features = found.slice(offset, end)
    const more = end < found.length || (this.options.emptyLastPage === true && features.length > 0)
    return jsonOutcome('search', 200, {
      type: 'FeatureCollection',
      features,
      links: more ? [this.nextLink(search, `next:${end}`, post, incoming.url)] : [],
      numberMatched: found.length,
      numberReturned: features.length,
    })
  }

  private nextLink(search: Search, token: string, post: boolean, url: URL): unknown {
    const type = 'application/geo+json'
    if (!post) {
      const params = new URLSearchParams(url.search)
      params.set('token', token)
      return { rel: 'next', type, method: 'GET', href: `${this.root}/search?${params.toString()}` }
    }
    const merge = this.options.merge === true
    const body = merge ? { token } : { ...search, token }
    return { rel: 'next', type, method: 'POST', href: `${this.root}/search`, merge, body }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** A search by GET: lists with commas, extensions as JSON. */
function fromQuery({ searchParams }: URL): unknown {
  const values: Record<string, unknown> = {}
  for (const [name, text] of searchParams) {
    if (name === 'collections' || name === 'ids') values[name] = text.split(',')
    else if (name === 'bbox') values[name] = text.split(',').map(Number)
    else if (name === 'limit') values[name] = Number(text)
    else values[name] = /^\s*[[{]/.test(text) ? parseJson(text) : text
  }
  return values
}
