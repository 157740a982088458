import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import { plainResponse, withSafeHeaders, type PageFiles } from '../studio/page-files'
import type { StudioLines } from '../studio/studio-lines'
import { Access, type RequestOrigin } from './access'
import { addressOf } from './host-names'
import { bodyOf, sendResponse, webRequest } from './http-bridge'
import { nameRefused, siteRefused, tokenWanted } from './refusals'
import { SocketLines } from './socket-lines'

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

export interface Listening {
  /** The link that people open, with the token. */
  readonly link: string
  close(): Promise<void>
}

/**
 * Serves the application over HTTP and WebSockets.
 * @param host address to listen on
 * @param ports tried one after the other; 0 takes any that is free
 * @throws StudioError `usage` where none of the ports can be had, or the address is not this machine's
 */
export async function listen(served: Served, host: string, ports: readonly number[]): Promise<Listening> {
  const server = createServer()
  const port = await bind(server, host, ports)
  const access = new Access(host, port)
  const sockets = new SocketLines(served.lines)
  const visitors = new Visitors(served, access, sockets)
  server.on('request', (request, response) => void visitors.answer(request, response))
  server.on('upgrade', (request, socket, head) => visitors.connect(request, socket, head))
  return {
    link: `${addressOf(host, port)}#token=${access.token}`,
    close: async () => {
      sockets.close()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

/** Takes the first port that is free. */
async function bind(server: Server, host: string, ports: readonly number[]): Promise<number> {
  for (const [i, port] of ports.entries()) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          server.off('error', reject)
          resolve()
        })
      })
      return (server.address() as AddressInfo).port
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
      if (code === 'EADDRINUSE' && i + 1 < ports.length) continue
      throw new StudioError('usage', `The server cannot listen on ${host}, port ${port}.`, {
        hint:
          code === 'EADDRINUSE'
            ? 'Another program uses this port; give another one with --port.'
            : 'Give another address with --host or another port with --port.',
        context: { code },
        cause,
      })
    }
  }
  throw new StudioError('internal', 'No port was given.', { hint: '' })
}

/** What becomes of each request. */
class Visitors {
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
      return this.served.page.respond(path, {
        socketHost: from.host ?? null,
        tileOrigin: this.served.tileOrigin(),
      })
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
