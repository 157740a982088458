import { StudioError } from '../../src-shared/errors/studio-error'
import { withOptions } from '../catalog/network-failure'
import type { AssetOrigin, ByteRange } from '../raster/byte-source'
import { statusFault, type Errand, type HttpClient } from './client'
import { HttpFault } from './fault'
import { isSameVersion, type FileVersion } from './file-version'
import type { SignedUrl, Signer } from './signer'
import type { Answer } from './transport'

/** A server that does not know ranges sends whole files; longer ones are not taken. */
const MAX_WHOLE = 32 * 1024 * 1024
/** Tokens that had expired on the way are renewed without further ado, but not for ever. */
const MAX_EXPIRED = 5

/** A file on a server. */
export interface RemoteFile {
  url: URL
  origin: AssetOrigin
}

export interface RangeAnswer {
  version: FileVersion
  /** As long as asked for; shorter where the file ends. */
  bytes: Uint8Array
  /** The whole file, where the server sent it unasked. */
  whole: Uint8Array | null
}

/**
 * Fetches a part of a file, signed where that is wanted.
 * @param expected Version of the file that other parts are of, null for the first.
 * @throws StudioError of HttpClient.ask; `source-answer` where other bytes come than were asked for, or the file has
 *   changed; each with collection and item of the file, also where it is the token that cannot be had
 */
export function requestRange(
  client: HttpClient,
  signer: Signer | null,
  file: RemoteFile,
  range: ByteRange,
  expected: FileVersion | null,
  signal: AbortSignal,
): Promise<RangeAnswer> {
  const errand: Errand = {
    ...file,
    kind: 'range',
    method: 'GET',
    headers: {
      accept: '*/*',
      'accept-encoding': 'identity',
      range: `bytes=${range.offset}-${range.offset + range.length - 1}`,
    },
    limit: (status, declared) => bodyLimit(status, declared, range),
    ...signing(signer, file, signal),
  }
  return client.ask(errand, signal, (answer) => checkAnswer(answer, range, expected))
}

function signing(
  signer: Signer | null,
  { url, origin }: RemoteFile,
  signal: AbortSignal,
): Pick<Errand, 'sign' | 'renew'> {
  const scope = signer?.scope(url, origin.collection) ?? null
  if (signer === null || scope === null) return {}
  let signed: SignedUrl | null = null
  let renewed = false
  let expired = 0
  return {
    sign: async (plain) => {
      try {
        signed = await signer.sign(plain, scope, signal)
      } catch (thrown) {
        throw wantedFor(origin, thrown)
      }
      return signed.url
    },
    renew: () => {
      if (signed?.refused() === true) return ++expired <= MAX_EXPIRED
      if (renewed) return false
      return (renewed = true)
    },
  }
}

/** A token is of no file; the error of a file that wants it says which file that is. */
function wantedFor({ collection, item }: AssetOrigin, thrown: unknown): unknown {
  if (!(thrown instanceof StudioError) || thrown.tag === 'cancelled') return thrown
  return withOptions(thrown, { context: { ...thrown.context, collection, item } })
}

function bodyLimit(status: number, declared: number | null, range: ByteRange): number | null {
  if (status === 206) return range.length
  if (status !== 200) return null
  if (declared !== null && declared > MAX_WHOLE) throw wholeFile()
  return MAX_WHOLE
}

function wholeFile(): HttpFault {
  return new HttpFault('answer', 'The server sends the whole file instead of the part asked for', {
    status: 200,
  })
}

function checkAnswer(answer: Answer, range: ByteRange, expected: FileVersion | null): RangeAnswer {
  const { status, headers, body } = answer
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity' && (status === 200 || status === 206)) {
    throw new HttpFault('answer', 'The server packs files that were asked for as they are', { status })
  }
  switch (status) {
    case 206: {
      const total = checkContentRange(headers['content-range'], range, body.length)
      return { version: versionOf(answer, total, expected), bytes: body, whole: null }
    }
    case 200: {
      const version = versionOf(answer, body.length, expected)
      return { version, bytes: body.subarray(range.offset, range.offset + range.length), whole: body }
    }
    case 416: {
      const total = /^bytes \*\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1]
      if (total === undefined || Number(total) > range.offset) throw statusFault(answer)
      return { version: versionOf(answer, Number(total), expected), bytes: body, whole: null }
    }
    default:
      throw statusFault(answer)
  }
}

/** Checks that the part is the one asked for; gives back the length of the file. */
function checkContentRange(header: string | undefined, { offset, length }: ByteRange, came: number): number {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(header?.trim() ?? '')
  if (match === null) throw new HttpFault('answer', 'The server does not say which part of the file it sends')
  const [start, last, total] = match.slice(1).map(Number)
  if (start !== offset || last >= offset + length || last >= total) {
    throw new HttpFault('answer', 'The server sends another part of the file than the one asked for')
  }
  const end = Math.min(offset + length, total)
  if (last + 1 !== end || came !== end - offset) {
    throw new HttpFault('short', `Only ${came} of ${end - offset} bytes came`)
  }
  return total
}

function versionOf({ headers }: Answer, total: number, expected: FileVersion | null): FileVersion {
  const tag = headers.etag?.replace(/^W\//, '') ?? headers['last-modified'] ?? null
  const version = { tag, total }
  // A 416 often comes without the tags of the file.
  if (expected !== null && !isSameVersion(version, expected)) throw changedFile()
  return version
}

/** The fault of a file that is another one than when its first part was read. */
export function changedFile(): HttpFault {
  return new HttpFault('changed', 'The file on the server has changed since it was first read')
}
