import { basename, dirname, extname, isAbsolute, normalize, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A scheme of two letters or more, so that a drive letter is none. */
const SCHEME = /^([a-z][a-z0-9+.-]+):\/\//i

/** Whether an href that has been resolved points to something that is not on this machine's disks. */
export function isRemote(href: string): boolean {
  return SCHEME.test(href)
}

/**
 * The absolute path or URL that an href of a STAC document stands for. Relative ones count from the document's own
 * place, whatever its `self` link says; `file://` becomes a path, but for documents from the network: these never lead
 * to files of this machine.
 * @param document Absolute path or URL of the JSON document.
 */
export function resolveHref(href: string, document: string): string {
  const scheme = SCHEME.exec(href)?.[1].toLowerCase()
  if (scheme === 'file') return isRemote(document) ? href : pathOfUrl(href)
  if (scheme !== undefined) return href
  if (isRemote(document)) return URL.canParse(href, document) ? new URL(href, document).href : href
  return isAbsolute(href) ? normalize(href) : resolve(dirname(document), href)
}

/** File name of a path or URL without folders, query, fragment and extension. */
export function fileStem(href: string): string {
  const name = isRemote(href) ? href.replace(/[?#].*$/, '').replace(/^.*\//, '') : basename(href)
  return name.slice(0, name.length - extname(name).length)
}

/** Extension of a path or URL in lower case with its dot, query and fragment left aside; empty where none. */
export function fileExtension(href: string): string {
  return extname(href.replace(/[?#].*$/, '')).toLowerCase()
}

/** A `file://` URL of another host has no path here; it stays as it is and will be found missing. */
function pathOfUrl(url: string): string {
  try {
    return fileURLToPath(url)
  } catch {
    return url
  }
}
