import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { StudioError } from '../../src-shared/errors/studio-error'
import { invalidArchive } from './archive-error'
import { zipEntryHref } from './zip-entry'
import { requireReadable, withZip, type ZipEntries } from './zip-archive'

/** The files of a product, wherever they lie. Names count from the product's folder, with `/` between. */
export interface ProductFiles {
  /** Name of the product's folder. */
  folder: string
  /** Its path, for messages. */
  path: string
  names: readonly string[]
  /** @throws StudioError `archive-invalid` where the file is missing, too large or damaged. */
  text(name: string): Promise<string>
  /** Path or address of a file, for reading it as a raster. */
  href(name: string): string
}

export const PRODUCT_METADATA = 'MTD_MSIL2A.xml'
/** Metadata of a tile has about 1 MB. */
const LARGEST_TEXT = 64 * 2 ** 20
/** A product has about 150 files. */
const MOST_FILES = 20_000
const DEEPEST = 6

/**
 * The files of a SAFE folder: those at its top and below GRANULE.
 * @throws StudioError `archive-invalid` where it cannot be listed
 */
export async function filesOfFolder(path: string, folder: string): Promise<ProductFiles> {
  const names: string[] = []
  try {
    await list(path, '', names, 0)
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    throw invalidArchive(path, 'The SAFE folder cannot be read.', 'Check that you may read it.', cause)
  }
  const text = async (name: string): Promise<string> => {
    const file = join(path, name)
    try {
      if ((await stat(file)).size > LARGEST_TEXT)
        throw invalidArchive(file, 'The metadata file is too large.')
      return await readFile(file, 'utf8')
    } catch (cause) {
      if (cause instanceof StudioError) throw cause
      throw invalidArchive(file, 'The metadata file cannot be read.', undefined, cause)
    }
  }
  return { folder, path, names, text, href: (name) => join(path, name) }
}

async function list(path: string, prefix: string, names: string[], depth: number): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = `${prefix}${entry.name}`
    const inside = join(path, entry.name)
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await leadsToFolder(inside)))
    if (!isFolder) names.push(name)
    else if (depth < DEEPEST && (depth > 0 || entry.name === 'GRANULE')) {
      await list(inside, `${name}/`, names, depth + 1)
    }
    if (names.length > MOST_FILES) throw invalidArchive(path, 'The SAFE folder has too many files.')
  }
}

async function leadsToFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/**
 * Hands the files of each product in a zip archive to `use`, products in order of their names: whatever lies in a
 * folder `….SAFE`. Only what is asked for is unpacked.
 * @throws StudioError `archive-invalid`, see withZip
 */
export async function withZippedProducts(
  archive: string,
  use: (product: ProductFiles) => Promise<void>,
): Promise<void> {
  await withZip(archive, async (entries, zip) => {
    for (const [prefix, folder] of productFolders(entries)) {
      const names = [...entries.keys()]
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length))
      const text = async (name: string): Promise<string> => {
        const entry = entries.get(prefix + name)
        if (entry === undefined) throw invalidArchive(archive, `The archive has no ${prefix}${name}.`)
        requireReadable(archive, entry, LARGEST_TEXT)
        return (await buffer(await zip.openReadStreamPromise(entry))).toString('utf8')
      }
      const href = (name: string): string => zipEntryHref(archive, prefix + name)
      await use({ folder, path: zipEntryHref(archive, prefix.slice(0, -1)), names: names.sort(), text, href })
    }
  })
}

/** Prefix of the names of each product's files, and name of its folder. */
function productFolders(entries: ZipEntries): [prefix: string, folder: string][] {
  const found = new Map<string, string>()
  for (const name of entries.keys()) {
    const match = /^(?:.*\/)?([^/]+\.SAFE)\//i.exec(name)
    if (match !== null) found.set(match[0], match[1])
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
}
