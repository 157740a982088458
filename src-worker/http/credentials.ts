import { StudioError } from '../../src-shared/errors/studio-error'
import { isLoopback } from './addresses'

/** What a person has for servers that want to know who asks. Never written anywhere. */
export interface Credentials {
  /** Key of Planetary Computer, sent to the signing host alone. */
  subscriptionKey: string | null
  /** Tokens by host, with `:port` where it is not the usual one; sent to exactly that host. */
  bearerTokens: ReadonlyMap<string, string>
}

const BEARER_VARIABLE = 'GEDI_DATASET_BEARER_TOKEN'

/** host[:port]=token; what is allowed in a token is that of RFC 6750. */
const BEARER = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?=([A-Za-z0-9\-._~+/]+=*)$/i

/**
 * Credentials from environment variables: `PC_SDK_SUBSCRIPTION_KEY` (or `GEDI_DATASET_SUBSCRIPTION_KEY`), and
 * `GEDI_DATASET_BEARER_TOKEN` as `host=token[,host=token]`.
 * @throws StudioError `usage` where a variable has another form; its value is not repeated.
 */
export function credentialsFromEnvironment(env: NodeJS.ProcessEnv): Credentials {
  return { subscriptionKey: subscriptionKey(env), bearerTokens: bearerTokens(env[BEARER_VARIABLE] ?? '') }
}

function subscriptionKey(env: NodeJS.ProcessEnv): string | null {
  for (const name of ['PC_SDK_SUBSCRIPTION_KEY', 'GEDI_DATASET_SUBSCRIPTION_KEY']) {
    const value = env[name]?.trim() ?? ''
    if (value === '') continue
    // What else stands in it would break the header that carries it.
    if (!/^[\x21-\x7e]+$/.test(value)) throw misformed(name, 'It has characters that a key cannot have.')
    return value
  }
  return null
}

function bearerTokens(text: string): Map<string, string> {
  const tokens = new Map<string, string>()
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue
    const match = BEARER.exec(part)
    if (match === null) throw misformed(BEARER_VARIABLE, 'It wants the form host=token, with commas between.')
    tokens.set(hostKey(`${match[1]}${(match[2] as string | undefined) ?? ''}`), match[3])
  }
  return tokens
}

function hostKey(host: string): string {
  return host.toLowerCase().replace(/:443$/, '')
}

function misformed(variable: string, message: string): StudioError {
  return new StudioError('usage', `The environment variable ${variable} cannot be used. ${message}`, {
    hint: 'Correct it or unset it; see docs/sources.md.',
    context: { variable },
  })
}

/**
 * The headers that show a server who asks. Nothing goes over unencrypted connections, but for those that stay on
 * this machine.
 * @param signingOrigin Origin of the signing address, null where nothing is signed.
 */
export function credentialHeaders(
  url: URL,
  { subscriptionKey, bearerTokens }: Credentials,
  signingOrigin: string | null,
): Record<string, string> {
  if (url.protocol !== 'https:' && !isLoopback(url)) return {}
  const headers: Record<string, string> = {}
  const token = bearerTokens.get(url.host)
  if (token !== undefined) headers.authorization = `Bearer ${token}`
  if (subscriptionKey !== null && url.origin === signingOrigin) {
    headers['ocp-apim-subscription-key'] = subscriptionKey
  }
  return headers
}
