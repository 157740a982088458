import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { z } from 'zod'
import { plainResponse, withSafeHeaders, type PageFiles } from '../studio/page-files'
import type { StudioLines } from '../studio/studio-lines'
import type { Access, RequestOrigin } from './access'
import { bodyOf, compressed, sendResponse, webRequest } from './http-bridge'
import { nameRefused, siteRefused, tokenWanted } from './refusals'
import type { SocketLines } from './socket-lines'

/** Where the token is exchanged, and where the page connects; relative to the page, as it knows them. */
const SESSION = '/session'
const LINE = '/studio'
const DATA = '/data/'

/** Bytes of the longest body: a token. */
const LONGEST_BODY = 1024

const tokenSchema = z.object({ token: z.string() })

/** What the server gives access to. */
export interface Served {
  lines: StudioLines
  page: PageFiles
  /** Answers the data routes. */
  respond(request: Request): Promise<Response>
  /** Origin of the online base map; null while nobody has turned it on. */
  tileOrigin(): string | null
}

/** What becomes of each request. */
export class Visitors {
  constructor(
    private readonly served: Served,
    private readonly access: Access,
    private readonly sockets: SocketLines,
  ) {}

  /** Answers a request; whatever goes wrong in it is an answer too. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const answer = await this.route(request, response)
      await sendResponse(answer, response, request.method === 'HEAD')
    } catch {
      await sendResponse(plainResponse(500, 'The server failed at this.'), response, false)
    }
  }

  /** Makes a line of an upgrade, or refuses it. */
  connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const status = this.refusalOf(request)
    if (status === null) {
      this.sockets.accept(request, socket, head)
      return
    }
    socket.on('error', () => undefined)
    socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  }

  /** The status that a line is refused with; null where it may be made. */
  private refusalOf(request: IncomingMessage): number | null {
    const from = originOf(request)
    if (!this.access.allowsHost(from) || !this.access.isFromOurPage(from)) return 403
    if (pathOf(request) !== LINE) return 404
    return this.access.hasSession(from) ? null : 401
  }

  private async route(request: IncomingMessage, response: ServerResponse): Promise<Response> {
    const from = originOf(request)
    if (!this.access.allowsHost(from)) return nameRefused()
    const path = pathOf(request)
    const method = request.method ?? ''
    if (path === SESSION && method === 'POST') return this.exchange(request, from)
    if (method !== 'GET' && method !== 'HEAD') {
      return plainResponse(405, 'This cannot be done here.', { Allow: 'GET, HEAD' })
    }
    if (path === SESSION) return this.access.hasSession(from) ? toPage() : tokenWanted()
    if (!path.startsWith(DATA)) {
      const policy = { socketHost: from.host ?? null, tileOrigin: this.served.tileOrigin() }
      return compressed(await this.served.page.respond(path, policy), request)
    }
    if (!this.access.isNotForeign(from)) return siteRefused()
    if (!this.access.hasSession(from)) return tokenWanted()
    return withSafeHeaders(await this.served.respond(webRequest(request.url ?? '', response)))
  }

  private async exchange(request: IncomingMessage, from: RequestOrigin): Promise<Response> {
    if (!this.access.isFromOurPage(from)) return siteRefused()
    const body = await bodyOf(request, LONGEST_BODY)
    if (body === null) return plainResponse(413, 'This is too long for a token.', { Connection: 'close' })
    const given = parseToken(body)
    const cookie = given === null ? null : this.access.exchange(given)
    return cookie === null
      ? tokenWanted()
      : withSafeHeaders(new Response(null, { status: 204, headers: { 'Set-Cookie': cookie } }))
  }
}

function parseToken(body: string): string | null {
  try {
    return tokenSchema.parse(JSON.parse(body)).token
  } catch {
    return null
  }
}

function toPage(): Response {
  return withSafeHeaders(new Response(null, { status: 303, headers: { Location: './' } }))
}

/** Path of the address as it came, without what is behind a question mark. */
function pathOf({ url }: IncomingMessage): string {
  return (url ?? '').split('?', 1)[0]
}

function originOf({ headers }: IncomingMessage): RequestOrigin {
  const fetchSite = headers['sec-fetch-site']
  return {
    host: headers.host,
    origin: headers.origin,
    cookie: headers.cookie,
    fetchSite: Array.isArray(fetchSite) ? fetchSite.join() : fetchSite,
  }
}
