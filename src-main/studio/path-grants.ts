import { relative, resolve, isAbsolute } from 'node:path'
import { StudioError } from '../../src-shared/errors/studio-error'

/**
 * Which paths the window may name: those that a dialog, a drop, the open project or the list of recent projects gave
 * it, and everything below them. A page that was tampered with cannot reach for other files.
 */
export class PathGrants {
  private readonly granted = new Set<string>()

  /** @param roots folders below which everything is allowed, such as those of the served application */
  constructor(roots: readonly string[] = []) {
    for (const root of roots) this.grant(root)
  }

  grant(path: string): void {
    this.granted.add(resolve(path))
  }

  allows(path: string): boolean {
    const wanted = resolve(path)
    return [...this.granted].some((root) => {
      const way = relative(root, wanted)
      return way === '' || (!way.startsWith('..') && !isAbsolute(way))
    })
  }

  /** @throws StudioError `path-not-allowed` */
  check(path: string): void {
    if (this.allows(path)) return
    throw new StudioError('path-not-allowed', 'This place was not chosen in the window.', {
      file: path,
      hint: 'Choose it with the button, or drop it on the window.',
    })
  }
}
