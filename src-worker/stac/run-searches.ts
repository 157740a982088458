import { z } from 'zod'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { ErrorTag } from '../../src-shared/errors/tags'
import { withOptions } from '../catalog/network-failure'
import type { JobContext } from '../process/context'
import type { AnswerStore } from './answer-store'
import type { Layer } from './providers'
import type { SearchQuery } from './search-request'
import { slimItem } from './slim-item'
import type { StacApi } from './stac-api'

/** Searches that run at the same time, all servers together. */
const AT_ONCE = 4
/** Searches that an API may fail to answer before it has answered any; the others are then not tried. */
const FAILURES_AT_FIRST = 3

/** One search at one API. */
export interface Search {
  /** Address of the API, as the source names it. */
  api: string
  layer: Layer
  query: SearchQuery
}

/** An answer as it is kept: items, and for each page of them where it came from. */
export const keptSearchSchema = z.object({
  pages: z.array(z.object({ url: z.string(), features: z.array(z.unknown()) })),
})
type KeptSearch = z.infer<typeof keptSearchSchema>

/** What became of searches. */
interface SearchResults {
  /** Searches that were answered now. */
  asked: number
  /** Searches that had been answered before. */
  kept: number
  /** Those that failed for good, with the error. */
  failed: Map<Search, StudioError>
}

/** Errors of a server or of the way to it; others, such as a full disk, concern more than a search. */
const OF_SERVERS: ReadonlySet<ErrorTag> = new Set<ErrorTag>([
  'source-unreachable',
  'source-insecure',
  'source-busy',
  'source-denied',
  'source-answer',
  'asset-missing',
  'signing-failed',
])

/** Asks for all that is not kept yet, a few searches at a time, and keeps each answer as it comes. */
export class SearchRunner {
  private readonly apis = new Map<string, Promise<StacApi>>()
  /** How the searches of this run went, by API. */
  private readonly record = new Map<string, { answered: number; failures: StudioError[] }>()

  constructor(
    private readonly store: AnswerStore,
    private readonly openApi: (url: string, signal: AbortSignal) => Promise<StacApi>,
    private readonly ctx: JobContext,
  ) {}

  /** An API, opened when it is first needed. */
  api(url: string): Promise<StacApi> {
    const known = this.apis.get(url)
    if (known !== undefined) return known
    const opening = this.openApi(url, this.ctx.signal)
    this.apis.set(url, opening)
    return opening
  }

  /**
   * Runs the searches. One that fails for good is told in the result, and the others go on; but where an API fails from
   * the start, its others are taken to fail alike, so that a wrong address is told soon. Progress counts searches.
   * @throws StudioError `cancelled`; those of AnswerStore.put
   */
  async runAll(searches: readonly Search[]): Promise<SearchResults> {
    const results: SearchResults = { asked: 0, kept: 0, failed: new Map() }
    let next = 0
    let broken = false
    this.ctx.progress(0, searches.length)
    const work = async (): Promise<void> => {
      while (next < searches.length && !broken) {
        throwIfCancelled(this.ctx.signal)
        const search = searches[next++]
        try {
          results[await this.run(search)]++
        } catch (thrown) {
          if (!isOfServer(thrown)) {
            broken = true
            throw thrown
          }
          results.failed.set(search, aboutSearch(thrown, search))
        }
        this.ctx.progress(results.asked + results.kept + results.failed.size, searches.length)
      }
    }
    const done = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, searches.length) }, work))
    throwIfCancelled(this.ctx.signal)
    for (const each of done) if (each.status === 'rejected') throw each.reason
    return results
  }

  /** The answer of a search that has been run, or null where it has not. */
  answer(search: Search): Promise<KeptSearch | null> {
    return this.store.get(search, keptSearchSchema)
  }

  private async run(search: Search): Promise<'asked' | 'kept'> {
    if ((await this.answer(search)) !== null) return 'kept'
    const record = this.record.get(search.api) ?? { answered: 0, failures: [] }
    this.record.set(search.api, record)
    if (record.answered === 0 && record.failures.length >= FAILURES_AT_FIRST) throw record.failures[0]
    try {
      const pages = await this.ask(search)
      record.answered++
      await this.store.put(search, { pages } satisfies KeptSearch)
    } catch (thrown) {
      if (isOfServer(thrown)) record.failures.push(thrown)
      throw thrown
    }
    return 'asked'
  }

  private async ask({ api: url, query }: Search): Promise<KeptSearch['pages']> {
    const api = await this.api(url)
    const pages: KeptSearch['pages'] = []
    for await (const page of api.search(query, this.ctx.signal)) {
      const features = page.features.filter((item) => !isTooCloudy(item, query.maxCloudCover))
      pages.push({ url: page.url, features: features.map(slimItem) })
    }
    return pages
  }
}

const cloudSchema = z.object({ properties: z.object({ 'eo:cloud_cover': z.number() }) })

/** Whether a scene came that was not asked for: not every server knows a filter. */
function isTooCloudy(item: unknown, limit: number | null): boolean {
  const { data } = cloudSchema.safeParse(item)
  return limit !== null && data !== undefined && data.properties['eo:cloud_cover'] >= limit
}

/** Whether an error is that of a server or of the way to it. */
export function isOfServer(thrown: unknown): thrown is StudioError {
  return thrown instanceof StudioError && OF_SERVERS.has(thrown.tag)
}

/** The error with the collections that were searched. */
function aboutSearch(error: StudioError, { query }: Search): StudioError {
  return withOptions(error, { context: { ...error.context, collection: query.collections.join(',') } })
}
