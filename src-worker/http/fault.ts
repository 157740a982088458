/**
 * What can go wrong with one request, before it is decided whether to try again:
 * - `unresolved` no such host, `refused` nobody listens there, `proxy` the proxy does not let through,
 * - `broken` the connection broke off, `timeout` nothing came for too long, `short` less came than was asked for,
 * - `insecure` the certificate is not trusted, `tls` no secure connection can be made at all,
 * - `status` an HTTP status that is no success, `answer` an answer that makes no sense, `changed` another file.
 */
export type FaultKind =
  | 'unresolved'
  | 'refused'
  | 'proxy'
  | 'broken'
  | 'timeout'
  | 'short'
  | 'insecure'
  | 'tls'
  | 'status'
  | 'answer'
  | 'changed'

export interface FaultDetails {
  status?: number
  /** What the server asks to wait, milliseconds. */
  retryAfter?: number | null
  /** Code of the system or the HTTP library. */
  code?: string
}

/**
 * A request that failed. Its message is made of nothing but our own words, codes and numbers: errors of the HTTP
 * library may hold the address with its token, and are left behind here.
 */
export class HttpFault extends Error {
  override readonly name = 'HttpFault'

  constructor(
    readonly kind: FaultKind,
    message: string,
    readonly details: FaultDetails = {},
  ) {
    super(message)
  }
}

const CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(VERIFY|GET|DECRYPT|DECODE)|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED)/

const KINDS: readonly (readonly [RegExp, FaultKind, string])[] = [
  [/^(ENOTFOUND|EAI_.*)$/, 'unresolved', 'The host is not known'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'refused', 'The host takes no connection'],
  [
    /^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT|ESOCKETTIMEDOUT)$/,
    'timeout',
    'The server did not answer in time',
  ],
  [CERTIFICATE, 'insecure', 'The certificate of the server cannot be trusted'],
  [/^(ERR_SSL_.*|EPROTO)$/, 'tls', 'No secure connection can be made'],
  [/^UND_ERR_(HEADERS_OVERFLOW|RES_EXCEEDED_MAX_SIZE)$/, 'answer', 'The answer is too large'],
]

/** The fault behind an error of the HTTP library. */
export function faultOf(thrown: unknown): HttpFault {
  if (thrown instanceof HttpFault) return thrown
  const proxy = thrown instanceof Error ? /^Proxy response \((\d{3})\)/.exec(thrown.message) : null
  if (proxy !== null) return new HttpFault('proxy', `The proxy answers with status ${proxy[1]}`)
  const code = codeOf(thrown)
  for (const [pattern, kind, message] of KINDS) {
    if (pattern.test(code)) return new HttpFault(kind, message, { code })
  }
  return new HttpFault('broken', 'The connection broke off', { code })
}

/** The first code among an error, the errors it bundles and its causes; empty where there is none. */
function codeOf(thrown: unknown, depth = 0): string {
  if (!(thrown instanceof Error) || depth > 4) return ''
  if (thrown instanceof AggregateError) {
    for (const inner of thrown.errors) {
      const code = codeOf(inner, depth + 1)
      if (code !== '') return code
    }
  }
  const code = 'code' in thrown ? thrown.code : undefined
  // Codes are words in capitals; anything else is no code and may hold anything.
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)
    ? code
    : codeOf(thrown.cause, depth + 1)
}
