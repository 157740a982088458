import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { parseAddress } from './addresses'
import { statusFault, type Errand, type HttpClient } from './client'
import { HttpFault } from './fault'
import type { JsonAnswer, JsonRequest } from './json-client'
import type { Answer } from './transport'

/** No document may be longer than this, before or after it is unpacked. */
const MAX_BYTES = 64 * 1024 * 1024

const unzip = promisify(gunzip)

/**
 * Fetches a JSON document, by POST where there is a body.
 * @throws StudioError see JsonClient
 */
export function fetchJson(client: HttpClient, { url, body, signal }: JsonRequest): Promise<JsonAnswer> {
  const errand: Errand = {
    kind: 'json',
    origin: null,
    url: parseAddress(url),
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/geo+json, application/json;q=0.9',
      'accept-encoding': 'gzip',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    limit: (status) => (isSuccess(status) ? MAX_BYTES : null),
  }
  return client.ask(errand, signal, async (answer) => ({
    value: await jsonOf(answer),
    url: answer.url.href,
  }))
}

/**
 * The parsed body of an answer.
 * @throws HttpFault where its status is no success, or it is no JSON
 */
export async function jsonOf(answer: Answer): Promise<unknown> {
  if (!isSuccess(answer.status)) throw statusFault(answer)
  const type = contentType(answer.headers['content-type'])
  const text = new TextDecoder().decode(await plainBody(answer))
  if (text.trim() === '') throw new HttpFault('answer', 'An empty answer came instead of JSON')
  // Plain text and unknown bytes are let through: static catalogs are often served as such.
  if (/html|xml/.test(type)) throw noJson(type)
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw noJson(type)
  }
}

async function plainBody({ headers, body }: Answer): Promise<Uint8Array> {
  const encoding = (headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (encoding === 'identity' || encoding === '') return body
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new HttpFault('answer', 'The answer is packed in a way that was not asked for')
  }
  try {
    return await unzip(body, { maxOutputLength: MAX_BYTES })
  } catch (thrown) {
    const long = thrown instanceof RangeError
    throw new HttpFault(
      long ? 'answer' : 'short',
      long ? 'The answer is too large' : 'The answer is packed and damaged',
    )
  }
}

/** The media type without parameters, made harmless for a message. */
function contentType(header: string | undefined): string {
  const type = header?.split(';')[0].trim().toLowerCase() ?? ''
  return /^[a-z0-9!#$&^_.+-]{1,60}\/[a-z0-9!#$&^_.+-]{1,60}$/.test(type) ? type : ''
}

function noJson(type: string): HttpFault {
  const what = type === '' ? 'something of an unknown kind' : `something of the kind ${type}`
  return new HttpFault('answer', `The server sent ${what} instead of JSON`)
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299
}
