import { readdir, realpath, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { JobContext } from '../process/context'
import { fileStem } from './href'
import { parseTileName } from './tile-name'

/** The files of a folder that matter to a catalog, absolute, in order of their paths. */
export interface CatalogFiles {
  /** `*.json` and `*.geojson`. */
  json: string[]
  /** GeoTIFFs whose names are those of DEM or land-cover tiles. */
  tiles: string[]
}

/** Folders that are read at the same time, so that a network drive's latency is not paid for each of them. */
const AT_ONCE = 16

/**
 * Looks through a folder and all below it. Links are followed, each folder is read once; names that begin with a
 * dot are passed over. A subfolder that cannot be read is reported and left out.
 * @throws StudioError `input-missing` where the folder itself is missing, no folder, or cannot be read.
 */
export async function walkCatalogFolder(folder: string, ctx: JobContext): Promise<CatalogFiles> {
  const files: CatalogFiles = { json: [], tiles: [] }
  const seen = new Set<string>()
  let waiting = await enter([folder], seen, (_, cause) => {
    throw unreadable(folder, cause)
  })
  while (waiting.length > 0) {
    throwIfCancelled(ctx.signal)
    const listings = await Promise.all(waiting.splice(0, AT_ONCE).map((each) => list(each, files)))
    const report = (path: string, cause: unknown): void => {
      if (path === folder) throw unreadable(path, cause)
      ctx.skipped(unreadable(path, cause))
    }
    const found: string[] = []
    for (const { path, subfolders, fault } of listings) {
      if (fault !== undefined) report(path, fault)
      found.push(...subfolders)
    }
    waiting = [...(await enter(found, seen, report)), ...waiting]
  }
  return { json: files.json.sort(), tiles: files.tiles.sort() }
}

/** Of some folders those that have not been entered before, under this or another path. */
async function enter(
  folders: readonly string[],
  seen: Set<string>,
  report: (folder: string, cause: unknown) => void,
): Promise<string[]> {
  const settled = await Promise.allSettled(folders.map((each) => realpath(each)))
  return folders.filter((each, i) => {
    const result = settled[i]
    if (result.status === 'rejected') {
      report(each, result.reason)
      return false
    }
    if (seen.has(result.value)) return false
    seen.add(result.value)
    return true
  })
}

/** Adds the files of one folder and lists its subfolders in order of their names. */
async function list(
  path: string,
  files: CatalogFiles,
): Promise<{ path: string; subfolders: string[]; fault?: unknown }> {
  const subfolders: string[] = []
  try {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue
      const inside = join(path, entry.name)
      if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(inside)))) subfolders.push(inside)
      else addFile(inside, files)
    }
    return { path, subfolders: subfolders.sort() }
  } catch (fault) {
    return { path, subfolders, fault }
  }
}

function addFile(path: string, files: CatalogFiles): void {
  const extension = extname(path).toLowerCase()
  if (extension === '.json' || extension === '.geojson') files.json.push(path)
  else if ((extension === '.tif' || extension === '.tiff') && parseTileName(fileStem(path)) !== null) {
    files.tiles.push(path)
  }
}

/** A link that leads nowhere is no folder. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}

function unreadable(folder: string, cause: unknown): StudioError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const what: Readonly<Record<string, string | undefined>> = {
    ENOENT: 'The folder does not exist.',
    ENOTDIR: 'It is no folder.',
    EACCES: 'You may not read the folder.',
  }
  return new StudioError('input-missing', what[code] ?? 'The folder cannot be read.', {
    file: folder,
    hint: 'Name a folder that exists and that you may read.',
    cause,
  })
}
