import { realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, isAbsolute } from 'node:path'
import { StudioError } from '../../src-shared/errors/studio-error'
import { PathGrants } from '../studio/path-grants'

/** Where a path really lies, links followed; of what does not exist yet, as far as it exists. */
export function realPath(path: string): string {
  const wanted = resolve(path)
  try {
    return realpathSync(wanted)
  } catch {
    const parent = dirname(wanted)
    return parent === wanted ? wanted : join(realPath(parent), basename(wanted))
  }
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way))
}

/** The folders below which the served application may look around. */
export class Roots {
  /** Real paths, the first one where a browser begins. */
  readonly folders: readonly string[]

  /** @param folders at least one; those that do not exist count all the same */
  constructor(folders: readonly string[]) {
    this.folders = [...new Set(folders.map(realPath))]
  }

  get first(): string {
    return this.folders[0]
  }

  /**
   * Where a path really lies.
   * @throws StudioError `path-not-allowed` outside the roots, also where only a link leads there
   */
  real(path: string): string {
    const real = realPath(path)
    if (this.folders.some((root) => isBelow(root, real))) return real
    throw new StudioError('path-not-allowed', 'This place lies outside the folders that are served.', {
      file: real,
      hint: `Start the server with --root ${real} to allow it.`,
    })
  }

  /** The folder above a real path, null where that lies outside the roots. */
  parentOf(folder: string): string | null {
    const parent = dirname(folder)
    return parent !== folder && this.folders.some((root) => isBelow(root, parent)) ? parent : null
  }
}

/** Grants by where paths really lie, so that no link leads out of the roots. */
export class RootGrants extends PathGrants {
  constructor(roots: Roots) {
    super(roots.folders)
  }

  override grant(path: string): void {
    super.grant(realPath(path))
  }

  override allows(path: string): boolean {
    return super.allows(realPath(path))
  }
}
