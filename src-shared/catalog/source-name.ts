import { StudioError } from '../errors/studio-error'

/** Providers of imagery that go by a name. */
export const PROVIDERS = ['planetary-computer', 'earth-search', 'aws'] as const
export type ProviderName = (typeof PROVIDERS)[number]

/** Whether a source is a provider's name. */
export function isProvider(source: string): source is ProviderName {
  return (PROVIDERS as readonly string[]).includes(source)
}

/** Whether a source is an address: a scheme of two letters or more, so that a drive letter is none. */
export function isAddress(source: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(source)
}

/** Whether a source is asked over the network, rather than read from a folder. */
export function isRemoteSource(source: string): boolean {
  return isProvider(source) || isAddress(source)
}

/**
 * Checks a source that is an address; anything else passes.
 * @throws StudioError `usage` where it is none of http or https, or carries a user name or password
 */
export function checkSourceAddress(source: string): void {
  if (!isAddress(source)) return
  const url = URL.canParse(source) ? new URL(source) : null
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new StudioError('usage', `${source} is no address of a STAC API.`, {
      hint: `Give an http or https address, one of ${PROVIDERS.join(', ')}, or a folder.`,
    })
  }
  if (url.username === '' && url.password === '') return
  url.username = ''
  url.password = ''
  throw new StudioError('usage', `The address ${url.href} carries a user name or password.`, {
    hint: 'Leave them out: sources are written into the project. docs/sources.md says where credentials go.',
  })
}
