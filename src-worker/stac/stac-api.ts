import { z } from 'zod'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { JsonAnswer, JsonClient } from '../http/json-client'
import {
  firstPage,
  nextPage,
  searchWays,
  webAddress,
  withLimit,
  withoutFilter,
  type PageRequest,
  type SearchQuery,
  type SearchWays,
} from './search-request'
import {
  answerError,
  collectionsSchema,
  hostOf,
  landingSchema,
  pageSchema,
  parseAnswer,
  type CollectionName,
  type Landing,
} from './stac-answers'

/** Items of a page at first, and at least where a server cannot make such large ones. */
const PAGE_ITEMS = 250
const FEWEST_ITEMS = 10

/** Pages of one search, or of the list of collections; a server that has more is going round in circles. */
const MOST_PAGES = 2000

/** Statuses by which servers and their proxies say that an answer grew too large or took too long. */
const TOO_LARGE = new Set([413, 502, 504])

/** One page of a search. */
export interface SearchPage {
  /** Where it came from: relative hrefs count from here. */
  url: string
  /** Items as they came, not checked. */
  features: unknown[]
}

/** Statuses by which servers say that they do not understand a search. */
const NOT_UNDERSTOOD = new Set([400, 422, 501])

/**
 * A STAC API. Pages get smaller, for good, where the server cannot make large ones; and it is asked for cloudy scenes,
 * too, where it claims to understand a filter and does not.
 */
export class StacApi {
  private pageItems = PAGE_ITEMS

  private constructor(
    private readonly client: JsonClient,
    /** Address of the landing page. */
    readonly url: string,
    private readonly landing: Landing,
    private ways: SearchWays,
  ) {}

  /**
   * Opens an API by its landing page.
   * @throws StudioError as JsonClient; `source-answer` where the address is not that of a STAC API with item search
   */
  static async open(client: JsonClient, url: string, signal: AbortSignal): Promise<StacApi> {
    const answer = await known(client.json({ url, signal }), url)
    const landing = parseAnswer(landingSchema, answer.value, answer.url, 'landing page of a STAC API')
    const ways = searchWays(landing, answer.url)
    if (ways === null) {
      throw answerError(
        answer.url,
        'The STAC catalog at this address cannot be searched.',
        'Give the address of a STAC API with item search; of a static catalog, download the items into a folder.',
      )
    }
    return new StacApi(client, answer.url, landing, ways)
  }

  /**
   * Names of all its collections.
   * @throws StudioError as JsonClient
   */
  async collections(signal: AbortSignal): Promise<CollectionName[]> {
    const link = this.landing.links.find(({ rel }) => rel === 'data')
    const base = this.url.endsWith('/') ? this.url : `${this.url}/`
    const found: CollectionName[] = []
    let request: PageRequest | null = {
      url: webAddress(link?.href ?? new URL('collections', base).href, this.url),
      body: null,
    }
    const asked = new Set<string>()
    while (request !== null && !asked.has(request.url) && asked.size < MOST_PAGES) {
      asked.add(request.url)
      const answer = await known(this.client.json({ url: request.url, signal }), this.url)
      const page: z.infer<typeof collectionsSchema> = parseAnswer(
        collectionsSchema,
        answer.value,
        answer.url,
        'list of collections',
      )
      found.push(...page.collections)
      const next = page.links.find(({ rel }) => rel === 'next')
      request =
        next === undefined || page.collections.length === 0 ? null : nextPage(next, request, answer.url)
    }
    return found
  }

  /**
   * The pages of a search, until there is no further one or one is empty.
   * @param most Ask for no more items a page than this.
   * @throws StudioError as JsonClient; `source-answer` where pages go round in circles
   */
  async *search(query: SearchQuery, signal: AbortSignal, most = PAGE_ITEMS): AsyncGenerator<SearchPage> {
    let { request, answer } = await this.first(query, most, signal)
    const asked = new Set<string>()
    const seen = new Set<string>()
    for (;;) {
      asked.add(JSON.stringify(request))
      const page = parseAnswer(pageSchema, answer.value, answer.url, 'feature collection of items')
      if (page.features.length === 0) return
      if (asked.size > 1 && page.features.every((item) => seen.has(keyOf(item)))) throw inCircles(request.url)
      for (const item of page.features) seen.add(keyOf(item))
      yield { url: answer.url, features: page.features }
      const next = page.links.find(({ rel }) => rel === 'next')
      if (next === undefined) return
      request = nextPage(next, request, answer.url)
      if (asked.has(JSON.stringify(request)) || asked.size >= MOST_PAGES) throw inCircles(request.url)
      throwIfCancelled(signal)
      answer = await this.page(request, signal)
    }
  }

  /** The first page of a search; without a filter for clouds where the server turns out not to understand it. */
  private async first(
    query: SearchQuery,
    most: number,
    signal: AbortSignal,
  ): Promise<{ request: PageRequest; answer: JsonAnswer }> {
    const limit = Math.min(this.pageItems, most)
    const request = firstPage(query, this.ways, limit)
    try {
      return { request, answer: await this.page(request, signal) }
    } catch (error) {
      const ways = query.maxCloudCover === null ? null : withoutFilter(this.ways)
      if (ways === null || !isNotUnderstood(error)) throw error
      const plain = firstPage(query, ways, limit)
      const answer = await this.page(plain, signal)
      this.ways = ways
      return { request: plain, answer }
    }
  }

  /** A page, with fewer items where the server cannot make it with as many as were asked for. */
  private async page(request: PageRequest, signal: AbortSignal): Promise<JsonAnswer> {
    let size = this.pageItems
    for (let tried = request; ; tried = withLimit(request, size)) {
      try {
        return await known(
          this.client.json({ url: tried.url, ...(tried.body === null ? {} : { body: tried.body }), signal }),
          this.url,
        )
      } catch (error) {
        if (!isTooLarge(error) || size <= FEWEST_ITEMS) throw error
        // Other searches that run at the same time may have made it smaller since.
        if (this.pageItems >= size) this.pageItems = Math.max(FEWEST_ITEMS, Math.floor(size / 2))
        size = this.pageItems
      }
    }
  }
}

function isNotUnderstood(error: unknown): boolean {
  return error instanceof StudioError && NOT_UNDERSTOOD.has(Number(error.context.status))
}

function isTooLarge(error: unknown): boolean {
  return error instanceof StudioError && TOO_LARGE.has(Number(error.context.status))
}

/** An address that the server does not know is a wrong one, not a file that is missing. */
async function known(answer: Promise<JsonAnswer>, url: string): Promise<JsonAnswer> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof StudioError) || error.tag !== 'asset-missing') throw error
    throw new StudioError('source-answer', `${hostOf(url)} has no STAC API at this address.`, {
      file: error.file ?? url,
      hint: 'Give the address of its landing page, such as https://earth-search.aws.element84.com/v1.',
      context: { ...error.context, host: hostOf(url) },
      cause: error,
    })
  }
}

const idSchema = z.object({ id: z.string(), collection: z.string().nullish() })

/** What an item is told from others by; items without an id are all the same. */
function keyOf(item: unknown): string {
  const parsed = idSchema.safeParse(item)
  return parsed.success ? `${parsed.data.collection ?? ''} ${parsed.data.id}` : ''
}

function inCircles(url: string): StudioError {
  return answerError(url, 'The pages of a search go round in circles.')
}
