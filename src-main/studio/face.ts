import type { FolderListing, PlaceKind } from '../../src-shared/api/places'
import type { MenuCommand } from '../../src-shared/api/contract'
import type { Stage } from '../../src-shared/api/stages'
import type { Broadcast } from './broadcast'
import type { PathGrants } from './path-grants'

/**
 * What differs between the desktop window and the served application. The studio asks its face; it knows neither
 * Electron nor HTTP.
 */
export interface Face {
  readonly name: 'desktop' | 'served'
  /** Paths that people chose, and that the window may therefore name. */
  readonly grants: PathGrants
  /** Commands of the native menu; the browser never sends any. */
  readonly menuCommands: Broadcast<MenuCommand>
  /** Told of the stage that a window shows, null for none; what has a native menu names in it what undo would do there. */
  windowShows(stage: Stage | null): void
  /**
   * Native dialog; null where it was closed. What was chosen is granted.
   * @throws StudioError `usage` where there are no native dialogs
   */
  choosePlaces(kind: PlaceKind, multiple: boolean): Promise<string[] | null>
  /**
   * Lists a folder for people who choose in a list of the server's.
   * @throws StudioError `path-not-allowed`, `input-missing`; `usage` where there are native dialogs
   */
  browse(path: string | null, kind: PlaceKind): Promise<FolderListing>
  /** Makes a folder; @returns its path. @throws StudioError `path-not-allowed`, `output-unwritable` */
  makeFolder(parent: string, name: string): Promise<string>
  /** Opens a folder in the file manager. @throws StudioError `usage` where there is none */
  showFolder(path: string): Promise<void>
}
