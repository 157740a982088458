import { z } from 'zod'
import { throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { JobContext } from '../process/context'
import type { AnswerStore } from './answer-store'
import type { Layer } from './providers'
import type { SearchQuery } from './search-request'
import { slimItem } from './slim-item'
import type { StacApi } from './stac-api'

/** Searches that run at the same time, all servers together. */
const AT_ONCE = 4

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

/** Asks for all that is not kept yet, a few searches at a time, and keeps each answer as it comes. */
export class SearchRunner {
  private readonly apis = new Map<string, Promise<StacApi>>()

  constructor(
    private readonly store: AnswerStore,
    private readonly openApi: (url: string, signal: AbortSignal) => Promise<StacApi>,
    private readonly ctx: JobContext,
  ) {}

  /** An API, opened when it is first needed. */
  api(url: string, signal: AbortSignal = this.ctx.signal): Promise<StacApi> {
    const known = this.apis.get(url)
    if (known !== undefined) return known
    const opening = this.openApi(url, signal)
    this.apis.set(url, opening)
    return opening
  }

  /**
   * Runs the searches; the first that fails for good ends the others, and what was answered by then is kept.
   * Progress counts searches.
   * @returns how many were asked, and how many had been kept before
   * @throws StudioError as StacApi
   */
  async runAll(searches: readonly Search[]): Promise<{ asked: number; kept: number }> {
    const failure = new AbortController()
    const signal = AbortSignal.any([this.ctx.signal, failure.signal])
    const counts = { asked: 0, kept: 0 }
    let next = 0
    this.ctx.progress(0, searches.length)
    const work = async (): Promise<void> => {
      while (next < searches.length) {
        signal.throwIfAborted()
        const search = searches[next++]
        counts[await this.run(search, signal)]++
        this.ctx.progress(counts.asked + counts.kept, searches.length)
      }
    }
    const firstFailure: unknown[] = []
    const guarded = async (): Promise<void> => {
      try {
        await work()
      } catch (error) {
        firstFailure.push(error)
        failure.abort()
      }
    }
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, searches.length) }, guarded))
    throwIfCancelled(this.ctx.signal)
    if (firstFailure.length > 0) throw firstFailure[0]
    return counts
  }

  /** The answer of a search that has been run, or null where it has not. */
  answer(search: Search): Promise<KeptSearch | null> {
    return this.store.get(search, keptSearchSchema)
  }

  private async run(search: Search, signal: AbortSignal): Promise<'asked' | 'kept'> {
    if ((await this.answer(search)) !== null) return 'kept'
    const api = await this.api(search.api, signal)
    const pages: KeptSearch['pages'] = []
    for await (const { url, features } of api.search(search.query, signal)) {
      pages.push({ url, features: features.map(slimItem) })
    }
    await this.store.put(search, { pages } satisfies KeptSearch)
    return 'asked'
  }
}
