/** Sites that the window links to: where the data come from, and who made the base map. */
const SITES: ReadonlySet<string> = new Set([
  'daac.ornl.gov',
  'dataspace.copernicus.eu',
  'esa-worldcover.org',
  'planetarycomputer.microsoft.com',
  'sentinels.copernicus.eu',
  'www.naturalearthdata.com',
  'www.openstreetmap.org',
])

/** Whether a link may be opened in the person's browser: encrypted, and to a site that is known. */
export function isAllowedLink(link: string): boolean {
  if (!URL.canParse(link)) return false
  const { protocol, hostname, port, username, password } = new URL(link)
  return protocol === 'https:' && SITES.has(hostname) && port === '' && username === '' && password === ''
}
