import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { contentPolicy, DATA_POLICY, SAFE_HEADERS, type PolicyOptions } from './content-policy'

/** The kinds of files that a built page consists of; no others are given out. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
}

/** Stands in index.html where the nonce belongs. */
const NONCE_MARK = /%CSP_NONCE%/g

/** Names below this folder carry a fingerprint of their content, so a browser may keep them. */
const FINGERPRINTED = '/assets/'

/** The files of the built page. The same in the desktop window and in the browser. */
export class PageFiles {
  /** @param folder where index.html lies */
  constructor(private readonly folder: string) {}

  /**
   * The file at an address, with its content policy; the page itself with a fresh nonce.
   * @param path path of the address as it came, percent signs and all
   * @returns 404 where there is no such file
   */
  async respond(path: string, policy: Omit<PolicyOptions, 'nonce'>): Promise<Response> {
    const name = fileName(path)
    const type = name === null ? undefined : TYPES[extname(name)]
    if (name === null || type === undefined) return plainResponse(404, 'There is nothing here.')
    let content: Buffer
    try {
      content = await readFile(join(this.folder, name))
    } catch {
      return plainResponse(404, 'There is nothing here.')
    }
    const nonce = randomBytes(16).toString('base64')
    const isPage = name === '/index.html'
    const body = isPage ? content.toString('utf8').replace(NONCE_MARK, nonce) : new Uint8Array(content)
    return new Response(body, {
      headers: {
        ...SAFE_HEADERS,
        'Content-Type': type,
        'Content-Security-Policy': contentPolicy({ ...policy, nonce }),
        'Cache-Control': name.startsWith(FINGERPRINTED) ? 'public, max-age=31536000, immutable' : 'no-store',
      },
    })
  }
}

/** Gives an answer of the data routes the headers that every answer has, and a policy that lets it do nothing. */
export function withSafeHeaders(response: Response): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(SAFE_HEADERS)) headers.set(name, value)
  headers.set('Content-Security-Policy', DATA_POLICY)
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store')
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

/** A short answer for people. */
export function plainResponse(status: number, text: string, headers: Record<string, string> = {}): Response {
  return withSafeHeaders(
    new Response(`${text}\n`, {
      status,
      headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers },
    }),
  )
}

/** Name of the file that an address means, beginning with a slash; null where it leads out of the folder. */
function fileName(path: string): string | null {
  let name: string
  try {
    name = decodeURIComponent(path)
  } catch {
    return null
  }
  if (name === '/') return '/index.html'
  const steps = name.split('/')
  const plain = steps[0] === '' && steps.slice(1).every((step) => step !== '' && !step.startsWith('.'))
  return plain && !name.includes('\0') && !name.includes('\\') && (sep !== '\\' || !name.includes(':'))
    ? name
    : null
}
