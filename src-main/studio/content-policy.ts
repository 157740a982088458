/** What the content security policy of a page depends on. */
export interface PolicyOptions {
  /** Lets the style elements of this one answer pass; never the same twice. */
  nonce: string
  /** Host and port of the WebSocket that the page connects to; null where it uses none. */
  socketHost: string | null
  /** Origin of the online base map; null while nobody has turned it on. */
  tileOrigin: string | null
}

/**
 * The content security policy of the page, the same in the desktop window and in the browser. The map draws in a worker
 * made from a blob and decodes pictures as blobs; figures are shown as data addresses; nothing else leaves the page's
 * own origin.
 */
export function contentPolicy({ nonce, socketHost, tileOrigin }: PolicyOptions): string {
  const tiles = tileOrigin === null ? [] : [tileOrigin]
  // Not every browser takes 'self' to mean the WebSocket of the same host.
  const sockets = socketHost === null ? [] : [`ws://${socketHost}`]
  const directives: Readonly<Record<string, readonly string[]>> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", "'wasm-unsafe-eval'"],
    'worker-src': ["'self'", 'blob:'],
    'style-src': ["'self'", `'nonce-${nonce}'`],
    'img-src': ["'self'", 'data:', 'blob:', ...tiles],
    'connect-src': ["'self'", ...sockets, ...tiles],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'frame-src': ["'none'"],
    'frame-ancestors': ["'none'"],
    'form-action': ["'none'"],
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ')
}

/** Policy of answers that are no page: opened by themselves they may show, but not run or fetch anything. */
export const DATA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** Headers of every answer: no guessing of types, no address given away, no other site that embeds or opens us. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
}
