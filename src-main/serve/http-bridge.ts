import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { text } from 'node:stream/consumers'

/**
 * A request as the routes take it. Its signal is aborted when the browser goes away.
 * @param path path and query of the address
 */
export function webRequest(path: string, response: ServerResponse): Request {
  const gone = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return new Request(new URL(path, 'http://studio'), { signal: gone.signal })
}

/** Sends an answer as fast as the browser takes it; only its head where that was asked for. */
export async function sendResponse(
  answer: Response,
  response: ServerResponse,
  headOnly: boolean,
): Promise<void> {
  response.statusCode = answer.status
  answer.headers.forEach((value, name) => response.setHeader(name, value))
  if (headOnly || answer.body === null) {
    await answer.body?.cancel()
    response.end()
    return
  }
  try {
    await pipeline(Readable.fromWeb(answer.body), response)
  } catch {
    // The browser went away, or the source broke off; either way the browser sees that the answer is not whole.
    response.destroy()
  }
}

/** Kinds of files that compressing makes much smaller. */
const WORDY = /^(?:text\/|application\/(?:json|wasm)|image\/svg)/

/** The answer compressed, where that pays and the browser takes it: the link may be a slow tunnel. */
export function compressed(answer: Response, { headers: asked }: IncomingMessage): Response {
  const { body, headers: given, status } = answer
  const pays = WORDY.test(given.get('content-type') ?? '')
  if (
    body === null ||
    status !== 200 ||
    !pays ||
    !/\bgzip\b/.test(asked['accept-encoding']?.toString() ?? '')
  ) {
    return answer
  }
  const headers = new Headers(given)
  headers.set('Content-Encoding', 'gzip')
  headers.set('Vary', 'Accept-Encoding')
  return new Response(body.pipeThrough(new CompressionStream('gzip')), { headers })
}

/** The body of a request as text; null where it is longer than `most` bytes, or does not say how long it is. */
export async function bodyOf(request: IncomingMessage, most: number): Promise<string | null> {
  const length = Number(request.headers['content-length'] ?? Number.NaN)
  return length <= most ? text(request) : null
}
