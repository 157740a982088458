import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { MenuCommand } from '../../src-shared/api/contract'
import type { FolderListing, PlaceKind } from '../../src-shared/api/places'
import { StudioError } from '../../src-shared/errors/studio-error'
import { Broadcast } from '../studio/broadcast'
import type { Face } from '../studio/face'
import { listFolder } from './folder-listing'
import { RootGrants, type Roots } from './roots'

/** Characters of the longest folder name that is made. */
const LONGEST_NAME = 120

/** The served application's face: folders are chosen in a list of the server's, inside the roots. */
export class ServerFace implements Face {
  readonly name = 'served'
  readonly grants: RootGrants
  readonly menuCommands = new Broadcast<MenuCommand>()

  constructor(private readonly roots: Roots) {
    this.grants = new RootGrants(roots)
  }

  /** A browser has no native menu, and each of its windows may show another stage. */
  windowShows(): void {
    return undefined
  }

  choosePlaces(): Promise<never> {
    return Promise.reject(noDesktop('There are no dialogs of the system in the browser.'))
  }

  browse(path: string | null, kind: PlaceKind): Promise<FolderListing> {
    return listFolder(path, kind, this.roots)
  }

  async makeFolder(parent: string, name: string): Promise<string> {
    const wanted = name.trim()
    if (!isPlainName(wanted)) {
      throw new StudioError('output-unwritable', 'A folder cannot have this name.', {
        file: name,
        hint: `Give a name without / and \\, up to ${LONGEST_NAME} characters, that does not begin with a dot.`,
      })
    }
    const path = join(this.roots.real(parent), wanted)
    try {
      await mkdir(path)
    } catch (cause) {
      const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'
      throw new StudioError(
        'output-unwritable',
        exists ? 'Something of this name is there already.' : 'The folder cannot be made.',
        { file: path, hint: exists ? 'Choose it, or give another name.' : 'Choose another place.', cause },
      )
    }
    return path
  }

  showFolder(): Promise<never> {
    return Promise.reject(noDesktop('The file manager of another machine cannot be opened from the browser.'))
  }
}

function isPlainName(name: string): boolean {
  return name !== '' && name.length <= LONGEST_NAME && !/^\.|[/\\\u0000-\u001f\u007f]/.test(name)
}

function noDesktop(message: string): StudioError {
  return new StudioError('usage', message, { hint: 'Use the list of folders in the window.' })
}
