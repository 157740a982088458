/** Sources of imagery that have names of their own. */
export const PROVIDERS: Readonly<Record<string, string>> = {
  'planetary-computer': 'Planetary Computer',
  'earth-search': 'Earth Search',
}

/** The public buckets of terrain and land cover. */
export const BUCKETS = 'aws'

/** What kind of source a name of a project's sources is; null has none chosen, which begins with a folder. */
export function sourceKind(source: string | null): 'folder' | 'provider' | 'api' {
  if (source === null) return 'folder'
  if (source in PROVIDERS || source === BUCKETS) return 'provider'
  return /^https?:\/\//i.test(source) ? 'api' : 'folder'
}

/** A source in words: a provider's full name, a folder or an address as it is. */
export function sourceWords(source: string): string {
  if (source === BUCKETS) return 'Public buckets (AWS)'
  return PROVIDERS[source] ?? source
}
