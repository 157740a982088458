import { isAddress, isProvider, type ProviderName } from '../../../src-shared/catalog/source-name'

/** Full names of the providers, in the order in which they are offered. */
const NAMES: Readonly<Record<ProviderName, string>> = {
  'planetary-computer': 'Planetary Computer',
  'earth-search': 'Earth Search',
  aws: 'Public buckets (AWS)',
}

/** Providers that have scenes; the public buckets have terrain and land cover only. */
export const SCENE_PROVIDERS = ['planetary-computer', 'earth-search'] as const

/** What kind of source the name of one is; where none is chosen yet, a folder. */
export function sourceKind(source: string | null): 'folder' | 'provider' | 'api' {
  if (source === null) return 'folder'
  if (isProvider(source)) return 'provider'
  return isAddress(source) ? 'api' : 'folder'
}

/** A source in words: a provider's full name, a folder or an address as it is. */
export function sourceWords(source: string): string {
  return isProvider(source) ? NAMES[source] : source
}
