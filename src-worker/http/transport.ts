import { Agent, EnvHttpProxyAgent, request, type Dispatcher } from 'undici'
import { cancelledError, StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import { HttpFault, faultOf } from './fault'
import type { HostHealth } from './host-health'
import type { HostSlots } from './host-slots'
import type { NetworkCounters } from './network-counters'
import { parseRetryAfter } from './retry-policy'

/** One request as it goes out; what answers comes back whatever its status. */
export interface Ask {
  url: URL
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string
  /** Adds a token to the address, at the last moment: after waiting for a slot. */
  sign?: (url: URL) => Promise<URL>
  /** Does not wait for a slot: others that hold one wait for this. */
  urgent?: boolean
  /** How many bytes of body are taken at most for a status and a declared length; null: its body is not wanted. */
  limit: (status: number, declared: number | null) => number | null
}

export interface Answer {
  status: number
  headers: Readonly<Record<string, string | undefined>>
  body: Uint8Array
  /** Where it came from in the end. */
  url: URL
}

/** Time-outs in milliseconds. */
export interface Timeouts {
  connect: number
  /** Until the first byte of the answer. */
  headers: number
  /** Between two parts of its body. */
  body: number
}

export const TIMEOUTS: Timeouts = { connect: 10_000, headers: 30_000, body: 30_000 }

const MAX_REDIRECTS = 5
const REDIRECTS = new Set([301, 302, 303, 307, 308])
/** Of a body that nobody wants, so much is read to keep the connection. */
const DISCARD_BYTES = 64 * 1024
const USER_AGENT = 'gedi-dataset-studio'

/** Carries requests to servers over kept connections, and follows redirects. It tries nothing twice. */
export class Transport {
  private readonly dispatcher: Dispatcher
  private closed = false

  constructor(
    connections: number,
    private readonly slots: HostSlots,
    private readonly health: HostHealth,
    private readonly timeouts: Timeouts,
    private readonly counters: NetworkCounters,
    private readonly credentials: (url: URL) => Record<string, string>,
    /** Certificates that are trusted in place of the usual ones. */
    ca?: Buffer,
  ) {
    const connect = { timeout: timeouts.connect, ...(ca === undefined ? {} : { ca }) }
    this.dispatcher = dispatcherOf({ connections, pipelining: 1, connect })
  }

  /**
   * @throws HttpFault where no answer comes, it breaks off, is longer than allowed, or leads elsewhere than allowed.
   * @throws StudioError `cancelled` when aborted
   */
  async exchange(ask: Ask, signal: AbortSignal): Promise<Answer> {
    let hop = ask
    let trusted = true
    for (let redirects = 0; ; redirects++) {
      const answer = await this.oneHop(hop, trusted, signal)
      if (!REDIRECTS.has(answer.status) || answer.headers.location === undefined) return answer
      if (redirects === MAX_REDIRECTS) throw new HttpFault('answer', 'The address leads in circles')
      const next = redirectTarget(answer.headers.location, hop.url)
      // Once another host has been asked, credentials are out of play, even if it leads back.
      trusted &&= next.origin === hop.url.origin
      hop = redirected(hop, next, answer.status)
    }
  }

  private oneHop(ask: Ask, trusted: boolean, signal: AbortSignal): Promise<Answer> {
    const go = async (): Promise<Answer> => {
      // Only now: whoever waited for a slot may have been overtaken by the wish to wait.
      await this.health.ready(ask.url.origin, signal)
      const url = (await ask.sign?.(ask.url)) ?? ask.url
      try {
        const answer = await this.send(ask, url, trusted, signal)
        // Before the slot is free: the next one in the queue is to wait, too.
        this.health.noteStatus(ask.url.origin, answer.status, retryAfter(answer))
        return answer
      } catch (thrown) {
        throwIfCancelled(signal)
        if (this.closed) throw cancelledError()
        throw faultOf(thrown)
      }
    }
    return ask.urgent === true ? go() : this.slots.run(ask.url.origin, signal, go)
  }

  private async send(ask: Ask, url: URL, trusted: boolean, signal: AbortSignal): Promise<Answer> {
    throwIfCancelled(signal)
    this.counters.requests++
    const response = await request(url, {
      dispatcher: this.dispatcher,
      method: ask.method,
      headers: { 'user-agent': USER_AGENT, ...ask.headers, ...(trusted ? this.credentials(url) : {}) },
      body: ask.body ?? null,
      signal,
      headersTimeout: this.timeouts.headers,
      bodyTimeout: this.timeouts.body,
    })
    const headers = flatHeaders(response.headers)
    const declared = /^\d+$/.test(headers['content-length'] ?? '') ? Number(headers['content-length']) : null
    let body: Uint8Array = new Uint8Array(0)
    try {
      const limit = REDIRECTS.has(response.statusCode) ? null : ask.limit(response.statusCode, declared)
      if (limit === null) await response.body.dump({ limit: DISCARD_BYTES })
      else body = await readBody(response.body, declared, limit)
    } catch (thrown) {
      response.body.on('error', () => undefined).destroy()
      throw thrown
    }
    this.counters.bytesReceived += body.length
    return { status: response.statusCode, headers, body, url }
  }

  async close(): Promise<void> {
    this.closed = true
    await this.dispatcher.destroy()
  }
}

function dispatcherOf(options: Agent.Options): Dispatcher {
  const { env } = process
  const proxies = [env.http_proxy, env.HTTP_PROXY, env.https_proxy, env.HTTPS_PROXY]
  if (proxies.every((proxy) => proxy === undefined || proxy === '')) return new Agent(options)
  // Servers on this machine are no business of a proxy.
  const noProxy = [env.no_proxy ?? env.NO_PROXY ?? '', 'localhost', '127.0.0.1', '[::1]'].join(',')
  try {
    return new EnvHttpProxyAgent({ ...options, noProxy })
  } catch {
    // The error may hold the address with its password.
    throw new StudioError('usage', 'The address of the proxy in HTTP_PROXY or HTTPS_PROXY cannot be used.', {
      hint: 'Give it the form http://host:port, or unset the variable.',
    })
  }
}

function flatHeaders(
  headers: Record<string, string | string[] | undefined>,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )
}

async function readBody(
  body: AsyncIterable<Uint8Array>,
  declared: number | null,
  limit: number,
): Promise<Uint8Array> {
  if (declared !== null && declared > limit) throw tooLong(limit)
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > limit) throw tooLong(limit)
    chunks.push(chunk)
  }
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks, length)
}

function tooLong(limit: number): HttpFault {
  return new HttpFault('answer', `The answer is longer than the ${limit} bytes that were expected`)
}

function redirectTarget(location: string, from: URL): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from) : null
  if (next === null || (next.protocol !== 'https:' && next.protocol !== 'http:')) {
    throw new HttpFault('answer', 'The address leads to something that is none of http or https')
  }
  if (from.protocol === 'https:' && next.protocol === 'http:') {
    throw new HttpFault('answer', 'The address leads from https to http, where anyone could listen')
  }
  return next
}

/** The next request: without a token of the first address, with the body where the status does not forbid it. */
function redirected(ask: Ask, url: URL, status: number): Ask {
  const { method, headers, body, limit, urgent = false } = ask
  if (status === 303 || body === undefined) return { url, method: 'GET', headers, limit, urgent }
  return { url, method, headers, body, limit, urgent }
}

/** The wait that an answer asks for, milliseconds; null where it asks for none. */
export function retryAfter(answer: Answer): number | null {
  return parseRetryAfter(answer.headers['retry-after'], Date.now())
}
