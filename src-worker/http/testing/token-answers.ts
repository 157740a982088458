import { createHmac } from 'node:crypto'
import { jsonOutcome, type Outcome } from './answer'

export interface SigningOptions {
  /** How long tokens are good, milliseconds. */
  lifetimeMs: number
  /** Paths that begin so want a token; `/files/` where left out. */
  prefix?: string
}

const SECRET = 'secret-of-the-test-server'

/** Hands out tokens in the form of Planetary Computer's. */
export class TokenAnswers {
  readonly prefix: string

  constructor(private readonly options: SigningOptions) {
    this.prefix = options.prefix ?? '/files/'
  }

  token(): Outcome {
    const now = Date.now()
    const expiry = new Date(now + this.options.lifetimeMs).toISOString()
    const query = new URLSearchParams({ st: new Date(now).toISOString(), se: expiry, sig: signature(expiry) })
    return jsonOutcome('token', 200, { 'msft:expiry': expiry, token: query.toString() })
  }

  /** Whether a URL needs no token or has a good one. */
  allows(url: URL): boolean {
    if (!url.pathname.startsWith(this.prefix)) return true
    const expiry = url.searchParams.get('se') ?? ''
    return url.searchParams.get('sig') === signature(expiry) && Date.parse(expiry) > Date.now()
  }
}

function signature(expiry: string): string {
  return createHmac('sha256', SECRET).update(expiry).digest('base64')
}
