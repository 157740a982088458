import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { hostname } from 'node:os'
import { isLoopback, namesOf } from './host-names'

/** Bytes of the token and of the session secret. */
const SECRET_BYTES = 32

/** Headers that say where a request comes from. */
export interface RequestOrigin {
  host: string | undefined
  origin: string | undefined
  cookie: string | undefined
  /** Sec-Fetch-Site, which current browsers send and pages cannot set. */
  fetchSite: string | undefined
}

/**
 * Who may talk to the server. The token in the printed link is exchanged for a cookie that scripts cannot read; the
 * name that the browser used must be one of ours, so that no foreign name can be pointed at us; and what changes or
 * connects must come from our own page.
 */
export class Access {
  /** Goes into the printed link, behind the #, where no server and no log sees it. */
  readonly token = randomBytes(SECRET_BYTES).toString('base64url')
  private readonly session = randomBytes(SECRET_BYTES).toString('base64url')
  private readonly names: ReadonlySet<string>
  private readonly cookieName: string

  /**
   * @param host address that the server listens on
   * @param port distinguishes servers that a browser knows by the same name: cookies do not know ports
   */
  constructor(host: string, port: number) {
    this.names = namesOf(host)
    const place = createHash('sha256').update(`${hostname()}:${port}`).digest('hex').slice(0, 12)
    this.cookieName = `gedi-studio-${place}`
  }

  /** Whether the name that the browser used is ours; the port may differ, as behind a tunnel. */
  allowsHost({ host }: RequestOrigin): boolean {
    const name = host === undefined ? null : nameOf(host)
    return name !== null && (isLoopback(name) || this.names.has(name))
  }

  /** Whether a request that changes or connects comes from our own page. */
  isFromOurPage({ host, origin }: RequestOrigin): boolean {
    return host !== undefined && origin?.toLowerCase() === `http://${host.toLowerCase()}`
  }

  /** Whether a request for data comes from our own page, or was typed in; where the browser tells. */
  isNotForeign({ fetchSite }: RequestOrigin): boolean {
    return fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none'
  }

  /** Whether the browser has exchanged the token. */
  hasSession({ cookie }: RequestOrigin): boolean {
    const value = (cookie ?? '')
      .split(';')
      .map((pair) => pair.trim().split('='))
      .find(([name]) => name === this.cookieName)
    return value?.[1] !== undefined && isSame(value[1], this.session)
  }

  /** The cookie for the right token, null for a wrong one. */
  exchange(token: string): string | null {
    if (!isSame(token, this.token)) return null
    return `${this.cookieName}=${this.session}; HttpOnly; SameSite=Strict; Path=/`
  }
}

/** Name or address in a Host header, in small letters and without port and brackets; null where it is none. */
function nameOf(host: string): string | null {
  const parts = /^(?:\[(?<address>[0-9a-f:.]+)\]|(?<name>[a-z0-9._-]+))(?::\d{1,5})?$/.exec(
    host.toLowerCase(),
  )
  return parts?.groups?.address ?? parts?.groups?.name ?? null
}

/** Compares in a time that does not tell how much is right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
