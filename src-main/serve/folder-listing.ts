import { lstat, readdir, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import type { FolderListing, PlaceKind } from '../../src-shared/api/places'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Roots } from './roots'

/** Entries that a listing holds at most; a folder of granules may hold a hundred thousand. */
export const MOST_ENTRIES = 2000

/** Entries that are looked at side by side: a network drive answers each slowly, but many at once. */
const AT_ONCE = 64

/** Files that are listed beside the folders, by what the place is wanted for. */
const FILES: Readonly<Record<PlaceKind, readonly string[]>> = {
  project: [],
  'new-project': [],
  granules: [],
  'granule-files': ['.h5'],
  imagery: [],
  table: ['.csv'],
  area: ['.geojson', '.json'],
  dataset: ['.h5', '.hdf5'],
}

type Entry = FolderListing['entries'][number]

/**
 * Lists a folder: folders first, then the files that fit, each sorted by name as people count; hidden ones are left
 * out. A link shows under its own name; following one that leads out of the roots is refused when it is tried.
 * @param path null for the first root
 * @throws StudioError `path-not-allowed` outside the roots; `input-missing` where it is no folder or cannot be read
 */
export async function listFolder(
  path: string | null,
  kind: PlaceKind,
  roots: Roots,
  most: number = MOST_ENTRIES,
): Promise<FolderListing> {
  const folder = roots.real(path ?? roots.first)
  const names = await namesIn(folder)
  const isWanted = (name: string): boolean => FILES[kind].includes(extname(name).toLowerCase())
  const folders = await describeFirst(
    folder,
    names.flatMap(({ name, mayBeFolder }) => (mayBeFolder ? [name] : [])),
    (entry) => entry.folder,
    most + 1,
  )
  const files = await describeFirst(
    folder,
    names.flatMap(({ name }) => (isWanted(name) ? [name] : [])),
    (entry) => !entry.folder,
    most + 1 - folders.length,
  )
  const all = [...folders, ...files]
  return {
    path: folder,
    parent: roots.parentOf(folder),
    roots: [...roots.folders],
    entries: all.slice(0, most),
    truncated: all.length > most,
  }
}

async function namesIn(folder: string): Promise<{ name: string; mayBeFolder: boolean }[]> {
  try {
    const found = await readdir(folder, { withFileTypes: true })
    const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
    return found
      .filter(({ name }) => !name.startsWith('.'))
      .map((entry) => ({ name: entry.name, mayBeFolder: entry.isDirectory() || entry.isSymbolicLink() }))
      .sort((a, b) => byName.compare(a.name, b.name))
  } catch (cause) {
    throw unreadable(folder, cause)
  }
}

/** The first so many of the named entries that are what is wanted; no more of them is looked at than that takes. */
async function describeFirst(
  folder: string,
  names: readonly string[],
  isWanted: (entry: Entry) => boolean,
  most: number,
): Promise<Entry[]> {
  const found: Entry[] = []
  for (let i = 0; i < names.length && found.length < most; i += AT_ONCE) {
    const some = await Promise.all(names.slice(i, i + AT_ONCE).map((name) => describe(folder, name)))
    found.push(...some.filter((entry) => entry !== null).filter(isWanted))
  }
  return found.slice(0, Math.max(0, most))
}

/** What the list shows of an entry; null where it is neither file nor folder, or a link that leads nowhere. */
async function describe(folder: string, name: string): Promise<Entry | null> {
  const path = join(folder, name)
  try {
    const found = await stat(path)
    if (found.isDirectory()) return { name, path, folder: true, bytes: null, project: await isProject(path) }
    return found.isFile() ? { name, path, folder: false, bytes: found.size, project: false } : null
  } catch {
    return null
  }
}

async function isProject(folder: string): Promise<boolean> {
  try {
    return (await lstat(join(folder, 'project.json'))).isFile()
  } catch {
    return false
  }
}

/** The error for a folder that cannot be listed. */
function unreadable(path: string, cause: unknown): StudioError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const denied = code === 'EACCES' || code === 'EPERM'
  const what =
    code === 'ENOTDIR'
      ? 'This is no folder.'
      : denied
        ? 'This folder cannot be read.'
        : 'There is no such folder.'
  return new StudioError('input-missing', what, {
    file: path,
    hint: denied ? 'Check its permissions.' : `Choose another one, for example ${dirname(path)}.`,
    context: { code },
    cause,
  })
}
