import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import { withoutQuery } from './addresses'
import type { Errand, HttpClient } from './client'
import { jsonOf } from './json-document'
import { SharedWork } from './shared-work'
import type { Answer } from './transport'

/** Where Planetary Computer hands out tokens. */
export const PLANETARY_COMPUTER_TOKENS = 'https://planetarycomputer.microsoft.com/api/sas/v1'

/** Tokens are renewed when a quarter of their life is left, at most five minutes. */
const MARGIN_SHARE = 0.25
const LONGEST_MARGIN = 5 * 60_000
/** Clocks that are further apart than this are taken to be wrong; milliseconds. */
const CLOCK_TOLERANCE = 5000
const MAX_ANSWER = 64 * 1024

const AZURE_HOST = /^([a-z0-9]{3,24})\.blob\.core\.windows\.net$/
const tokenSchema = z.object({
  token: z.string().regex(/^\??[\x21-\x7e]+$/),
  'msft:expiry': z.iso.datetime({ offset: true }),
})

interface Token {
  query: string
  /** Times of the monotonic clock, milliseconds: when to renew it, and when it is worth nothing any more. */
  renewAt: number
  expiresAt: number
}

/** A file's address with a token on it. */
export interface SignedUrl {
  url: URL
  /** Says that the server refused the address; whether signing it anew may help. */
  refused(): boolean
}

/**
 * Adds tokens (shared access signatures) to addresses, as Planetary Computer wants it: one for each storage container,
 * or for each collection where files lie elsewhere. Tokens are fetched once and renewed before they expire.
 */
export class Signer {
  private readonly tokens = new Map<string, Token>()
  private readonly fetching = new SharedWork<Token>()

  constructor(
    private readonly client: HttpClient,
    private readonly signingUrl: URL,
  ) {}

  /**
   * The name of the token that an address wants: `account/container`, or the collection. Null where it is used as
   * it is, because it is signed already or nobody knows the collection.
   */
  scope(url: URL, collection: string | null): string | null {
    if (url.searchParams.has('sig')) return null
    const account = AZURE_HOST.exec(url.hostname)?.[1]
    const container = url.pathname.split('/')[1]
    if (account !== undefined && container !== '') return `${account}/${container}`
    return collection === null ? null : encodeURIComponent(collection)
  }

  /**
   * @throws StudioError `signing-failed` where there is no token to be had, `cancelled`
   */
  async sign(url: URL, scope: string, signal: AbortSignal): Promise<SignedUrl> {
    const known = this.tokens.get(scope)
    const token =
      known !== undefined && performance.now() < known.renewAt
        ? known
        : await this.fetching.once(scope, signal, (shared) => this.fetch(scope, shared))
    const signed = new URL(url)
    signed.search = signed.search === '' ? token.query : `${signed.search.slice(1)}&${token.query}`
    return { url: signed, refused: () => this.refused(scope, token) }
  }

  /** One that had expired, or was replaced meanwhile, says nothing about the next. */
  private refused(scope: string, token: Token): boolean {
    if (this.tokens.get(scope) === token) this.tokens.delete(scope)
    return performance.now() >= token.expiresAt
  }

  private async fetch(scope: string, signal: AbortSignal): Promise<Token> {
    const url = new URL(this.signingUrl)
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/token/${scope}`
    const errand: Errand = {
      kind: 'token',
      origin: null,
      url,
      method: 'GET',
      headers: { accept: 'application/json' },
      urgent: true,
      limit: (status) => (status === 200 ? MAX_ANSWER : null),
    }
    try {
      const token = await this.client.ask(errand, signal, tokenOf)
      this.tokens.set(scope, token)
      return token
    } catch (thrown) {
      if (thrown instanceof StudioError && thrown.tag !== 'cancelled') throw signingFailed(thrown, url)
      throw thrown
    }
  }
}

async function tokenOf(answer: Answer): Promise<Token> {
  const parsed = tokenSchema.safeParse(await jsonOf(answer))
  if (!parsed.success) {
    throw new StudioError('signing-failed', 'The answer holds no token.', {
      file: withoutQuery(answer.url),
      hint: 'Check --signing and --signing-url.',
      context: { host: answer.url.host },
    })
  }
  const lifetime = Date.parse(parsed.data['msft:expiry']) - serverTime(answer.headers.date)
  const now = performance.now()
  return {
    query: parsed.data.token.replace(/^\?/, ''),
    renewAt: now + lifetime - Math.min(lifetime * MARGIN_SHARE, LONGEST_MARGIN),
    expiresAt: now + lifetime,
  }
}

/** Now, by the server's clock where ours is far off; milliseconds. */
function serverTime(date: string | undefined): number {
  const now = Date.now()
  const theirs = date === undefined ? Number.NaN : Date.parse(date)
  return Math.abs(theirs - now) > CLOCK_TOLERANCE ? theirs : now
}

function signingFailed(error: StudioError, url: URL): StudioError {
  if (error.tag === 'signing-failed') return error
  return new StudioError('signing-failed', `No token for the imagery is to be had: ${error.message}`, {
    file: withoutQuery(url),
    hint: 'Check --signing and --signing-url, and run again later: nothing is lost.',
    context: { ...error.context, reason: error.tag },
    ...(error.cause === undefined ? {} : { cause: error.cause }),
  })
}
