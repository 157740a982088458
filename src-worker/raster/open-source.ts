import { StudioError } from '../../src-shared/errors/studio-error'
import type { InflatedEntries } from '../safe/inflated-entries'
import { isZipEntry, openZipEntrySource } from '../safe/zip-entry'
import type { OpenSource } from './byte-source'
import { openFileSource } from './file-source'

const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i

/** Opens local files, and files in zip archives; anything else is an error. */
export const openLocalSource: OpenSource = (href, _, signal) => openLocal(href, signal)

function openLocal(href: string, signal: AbortSignal, inflated?: InflatedEntries): ReturnType<OpenSource> {
  if (isZipEntry(href)) return openZipEntrySource(href, signal, inflated)
  if (SCHEME.test(href)) {
    throw new StudioError('raster-unreadable', 'The file lies neither on this machine nor on a web server.', {
      file: href,
      hint: 'Use a catalog whose files have http or https addresses, or download the imagery and name its folder.',
    })
  }
  return openFileSource(href)
}

/**
 * Opens local files, files in zip archives, and what lies on web servers through the given function.
 * @param remote opens http and https addresses
 * @param inflated where deflated files of archives go; by default a folder of this process
 */
export function openingRemote(remote: OpenSource, inflated?: InflatedEntries): OpenSource {
  return (href, origin, signal) => {
    const scheme = SCHEME.exec(href)?.[1].toLowerCase()
    if (scheme === 'http' || scheme === 'https') return remote(href, origin, signal)
    return openLocal(href, signal, inflated)
  }
}
