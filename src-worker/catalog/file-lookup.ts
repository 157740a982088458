import { access, readdir } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { isRemote } from './href'

/** Folders whose listings are remembered; a scene has three or four, and its neighbour's come next. */
const REMEMBERED = 2000

/**
 * Answers whether files exist, from listings of their folders: one call to the file system per folder instead of
 * one per band, which matters on network drives.
 */
export class FileLookup {
  private readonly listings = new Map<string, Promise<ReadonlySet<string> | null>>()

  /**
   * The path under which a file exists: as given, or with `%20` and its like decoded, as hrefs that were written as
   * URLs have it. Null where neither exists. Addresses are taken at their word.
   */
  async find(path: string): Promise<string | null> {
    if (isRemote(path)) return path
    if (await this.exists(path)) return path
    const decoded = decode(path)
    return decoded !== path && (await this.exists(decoded)) ? decoded : null
  }

  private async exists(path: string): Promise<boolean> {
    const folder = dirname(path)
    let listing = this.listings.get(folder)
    if (listing === undefined) {
      if (this.listings.size >= REMEMBERED) this.listings.clear()
      listing = listFolder(folder)
      this.listings.set(folder, listing)
    }
    const names = await listing
    if (names === null) return false
    // A file system may take other spellings of a name than the one it lists.
    return names.has(basename(path)) || (await isThere(path))
  }
}

async function listFolder(folder: string): Promise<ReadonlySet<string> | null> {
  try {
    return new Set(await readdir(folder))
  } catch (error) {
    // A folder that may be entered but not listed still has its files.
    const hidden = error instanceof Error && 'code' in error && error.code === 'EACCES'
    return hidden ? new Set() : null
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
