import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
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
  /** Folders `*.SAFE` with what may be a product, and zip archives, whatever they hold. */
  safe: { products: string[]; archives: string[] }
}

/** Metadata of a product: a folder `*.SAFE` that holds one is read as such, and not looked into otherwise. */
const PRODUCT_METADATA = /^MTD_MSIL(?:1C|2A)\.xml$/

/** Folders that are read at the same time, so that a network drive's latency is not paid for each of them. */
const AT_ONCE = 16

/** A folder under the path by which it was reached, and under its own. */
interface Folder {
  path: string
  real: string
}

/**
 * Looks through a folder and all below it, but not into Sentinel-2 products. Links are followed, each folder is read once; names that begin with a
 * dot are passed over. A subfolder that cannot be read is reported and left out.
 * @throws StudioError `input-missing` where the folder itself is missing, no folder, or cannot be read.
 */
export async function walkCatalogFolder(folder: string, ctx: JobContext): Promise<CatalogFiles> {
  const files: CatalogFiles = { json: [], tiles: [], safe: { products: [], archives: [] } }
  const root = { path: folder, real: await realpath(folder).catch((cause: unknown) => fail(folder, cause)) }
  const seen = new Set([root.real])
  const waiting: Folder[] = [root]
  while (waiting.length > 0) {
    throwIfCancelled(ctx.signal)
    const listings = await Promise.all(waiting.splice(-AT_ONCE).map((each) => list(each, files)))
    for (const { path, subfolders, fault } of listings) {
      if (fault !== undefined && path === folder) fail(path, fault)
      if (fault !== undefined) ctx.skipped(unreadable(path, fault))
      for (const subfolder of subfolders) {
        if (seen.has(subfolder.real)) continue
        seen.add(subfolder.real)
        waiting.push(subfolder)
      }
    }
  }
  return {
    json: files.json.sort(),
    tiles: files.tiles.sort(),
    safe: { products: files.safe.products.sort(), archives: files.safe.archives.sort() },
  }
}

interface Listing {
  path: string
  subfolders: Folder[]
  fault?: unknown
}

/** Adds the files of one folder and lists its subfolders in order of their names. */
async function list({ path, real }: Folder, files: CatalogFiles): Promise<Listing> {
  const subfolders: Folder[] = []
  try {
    const entries = await readdir(path, { withFileTypes: true })
    if (/\.SAFE$/i.test(basename(path)) && isProduct(entries, path, files)) return { path, subfolders }
    for (const entry of entries) {
      if (entry.name.startsWith('.')) continue
      const inside = join(path, entry.name)
      const target = entry.isSymbolicLink() ? await linkedFolder(inside) : null
      if (target !== null) subfolders.push({ path: inside, real: target })
      else if (entry.isDirectory()) subfolders.push({ path: inside, real: join(real, entry.name) })
      else addFile(inside, files)
    }
    return { path, subfolders: subfolders.sort((a, b) => (a.path < b.path ? -1 : 1)) }
  } catch (fault) {
    return { path, subfolders, fault }
  }
}

/**
 * Notes a folder `*.SAFE` that may be a product. Only one with metadata is nothing but that: others may hold what STAC
 * items point to.
 */
function isProduct(entries: readonly Dirent[], path: string, files: CatalogFiles): boolean {
  const complete = entries.some(({ name }) => PRODUCT_METADATA.test(name))
  if (complete || entries.some(({ name }) => name === 'GRANULE')) files.safe.products.push(path)
  return complete
}

function addFile(path: string, files: CatalogFiles): void {
  const extension = extname(path).toLowerCase()
  if (extension === '.json' || extension === '.geojson') files.json.push(path)
  else if (extension === '.zip') files.safe.archives.push(path)
  else if ((extension === '.tif' || extension === '.tiff') && parseTileName(fileStem(path)) !== null) {
    files.tiles.push(path)
  }
}

/** The folder that a link leads to, or null where it leads to a file or nowhere. */
async function linkedFolder(path: string): Promise<string | null> {
  try {
    return (await stat(path)).isDirectory() ? await realpath(path) : null
  } catch {
    return null
  }
}

function fail(folder: string, cause: unknown): never {
  throw unreadable(folder, cause)
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
