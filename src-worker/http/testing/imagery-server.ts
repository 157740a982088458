import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { relative } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { AnswerKind, Incoming, Outcome } from './answer'
import { Faults, type FaultName, type FaultOptions } from './faults'
import { FileAnswers } from './file-answers'
import { StacAnswers, type StacOptions } from './stac-answers'
import { TokenAnswers, type SigningOptions } from './token-answers'

export interface ImageryServerOptions {
  /** Served below `/files/`. */
  folder: string
  /** Port to listen on, any free one where left out. */
  port?: number
  /** Added to every answer, milliseconds. */
  latencyMs?: number
  faults?: FaultOptions
  /** Tokens below `/api/sas/v1/token/`, and files that want them. */
  signing?: SigningOptions
  /** A STAC API below `/stac`. */
  stac?: StacOptions
  /** Answers before all else, for what a test wants to be special; null for the usual. In-process only. */
  special?: (incoming: Incoming) => Outcome | null
}

/** Answers by kind; faults are counted under their own names and not as what they would have been. */
export type ServerCounters = Record<AnswerKind | FaultName | 'denied', number> & { bytes: number }

export interface SeenRequest {
  method: string
  path: string
  headers: Readonly<Record<string, string | undefined>>
}

/** How requests came, whatever became of them. */
interface Traffic {
  /** Connections that were ever opened. */
  opened: number
  /** The most requests for files that were under way at a time. */
  mostFiles: number
}

export interface ImageryServer {
  /** Address without a slash at its end. */
  url: string
  counters: ServerCounters
  /** The last requests, oldest first. */
  seen: SeenRequest[]
  /** Connections open now. */
  connections(): Promise<number>
  traffic: Traffic
  /** Lets changed files be seen. */
  reload(): Promise<void>
  close(): Promise<void>
}

const MAX_SEEN = 5000

/** A server of imagery on this machine, for tests and benchmarks. */
export async function startImageryServer(options: ImageryServerOptions): Promise<ImageryServer> {
  const files = new FileAnswers(options.folder)
  const tokens = options.signing === undefined ? null : new TokenAnswers(options.signing)
  const faults = options.faults === undefined ? null : new Faults(options.faults)
  const counters = zeroCounters()
  const seen: SeenRequest[] = []
  const traffic: Traffic = { opened: 0, mostFiles: 0 }
  let stac: StacAnswers | null = null

  const outcomeOf = async (incoming: Incoming): Promise<Outcome> => {
    const { pathname } = incoming.url
    const special = options.special?.(incoming) ?? null
    if (special !== null) return special
    if (tokens !== null && pathname.startsWith('/api/sas/v1/token/')) return tokens.token()
    if (tokens !== null && !tokens.allows(incoming.url)) {
      counters.denied++
      return { kind: 'other', status: 403 }
    }
    if (stac !== null && /^\/stac(\/|$)/.test(pathname)) {
      return stac.answer(pathname.slice('/stac'.length).replace(/^\/|\/$/g, ''), incoming)
    }
    if (pathname.startsWith('/files/')) return files.answer(pathname.slice('/files/'.length), incoming)
    return { kind: 'other', status: 404 }
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const incoming = await readRequest(request)
    seen.push({ method: incoming.method, path: incoming.url.pathname, headers: incoming.headers })
    if (seen.length > MAX_SEEN) seen.shift()
    if (options.latencyMs !== undefined) await delay(options.latencyMs)
    // Signatures change; ranges of one file fail by themselves.
    const fault = faults?.next(`${incoming.url.pathname} ${incoming.headers.range ?? ''}`) ?? null
    if (fault !== null) counters[fault]++
    if (faults !== null && fault === 'stalled') await delay(faults.stallMs)
    const usual = fault === null || fault === 'stalled' || fault === 'truncated'
    const outcome = usual ? await outcomeOf(incoming) : faulty(fault, faults?.retryAfter ?? '1')
    if (outcome === null) request.socket.resetAndDestroy()
    else send(response, outcome, fault === 'truncated', counters, fault === null)
  }

  let filesNow = 0
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/files/') === true) {
      traffic.mostFiles = Math.max(traffic.mostFiles, ++filesNow)
      response.once('close', () => filesNow--)
    }
    handle(request, response).catch(() => request.socket.destroy())
  })
  server.on('connection', () => traffic.opened++)
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  if (options.stac !== undefined) {
    const rewrite = options.stac.rewriteHref ?? ((href) => servedHref(href, options.folder, url))
    stac = await StacAnswers.load(options.stac, `${url}/stac`, rewrite)
  }
  return {
    url,
    counters,
    seen,
    traffic,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))
      }),
    reload: () => files.close(),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await files.close()
    },
  }
}

function zeroCounters(): ServerCounters {
  const kinds = { range: 0, whole: 0, head: 0, token: 0, search: 0, document: 0, other: 0, denied: 0 }
  return { ...kinds, unavailable: 0, throttled: 0, reset: 0, truncated: 0, stalled: 0, bytes: 0 }
}

async function readRequest(request: IncomingMessage): Promise<Incoming> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk)
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )
  const url = new URL(request.url ?? '/', `http://${headers.host ?? 'localhost'}`)
  return { method: request.method ?? 'GET', url, headers, body: Buffer.concat(chunks) }
}

/** The answer of a fault that has one, null where the connection is reset. */
function faulty(fault: FaultName, retryAfter: string): Outcome | null {
  switch (fault) {
    case 'unavailable':
      return { kind: 'other', status: 503, body: Buffer.from('busy') }
    case 'throttled':
      return { kind: 'other', status: 429, headers: { 'retry-after': retryAfter } }
    case 'reset':
    case 'truncated':
    case 'stalled':
      return null
  }
}

function send(
  response: ServerResponse,
  { kind, status, headers, body = Buffer.alloc(0) }: Outcome,
  truncated: boolean,
  counters: ServerCounters,
  counted: boolean,
): void {
  if (counted) counters[kind]++
  response.writeHead(status, { 'content-length': String(body.length), ...headers })
  if (truncated && body.length > 1) {
    counters.bytes += body.length >> 1
    response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy())
  } else {
    counters.bytes += body.length
    response.end(body)
  }
}

function servedHref(href: string, folder: string, url: string): string {
  const path = relative(folder, href)
  if (/^[a-z][a-z0-9+.-]+:/i.test(href) || path.startsWith('..')) return href
  return `${url}/files/${path.split(/[/\\]/).map(encodeURIComponent).join('/')}`
}
