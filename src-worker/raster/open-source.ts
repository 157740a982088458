import { StudioError } from '../../src-shared/errors/studio-error'
import type { OpenSource } from './byte-source'
import { openFileSource } from './file-source'

const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i

/** Opens local files; anything else is an error. */
export const openLocalSource: OpenSource = (href) => {
  if (SCHEME.test(href)) {
    throw new StudioError('raster-unreadable', 'The file lies neither on this machine nor on a web server.', {
      file: href,
      hint: 'Use a catalog whose files have http or https addresses, or download the imagery and name its folder.',
    })
  }
  return openFileSource(href)
}

/**
 * Opens local files, and what lies on web servers through the given function.
 * @param remote opens http and https addresses
 */
export function openingRemote(remote: OpenSource): OpenSource {
  return (href, origin, signal) => {
    const scheme = SCHEME.exec(href)?.[1].toLowerCase()
    const open = scheme === 'http' || scheme === 'https' ? remote : openLocalSource
    return open(href, origin, signal)
  }
}
