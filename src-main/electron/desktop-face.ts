import { dialog, shell, type BrowserWindow, type OpenDialogOptions } from 'electron'
import { stat } from 'node:fs/promises'
import type { MenuCommand } from '../../src-shared/api/contract'
import type { PlaceKind } from '../../src-shared/api/places'
import type { Stage } from '../../src-shared/api/stages'
import { StudioError } from '../../src-shared/errors/studio-error'
import { Broadcast } from '../studio/broadcast'
import type { Face } from '../studio/face'
import { PathGrants } from '../studio/path-grants'

const FOLDER: OpenDialogOptions = { properties: ['openDirectory', 'createDirectory', 'promptToCreate'] }

/** A dialog for files of some kind; all files can be shown where somebody names theirs otherwise. */
function files(name: string, extensions: string[]): OpenDialogOptions {
  const everything = { name: 'All files', extensions: ['*'] }
  return { properties: ['openFile'], filters: [{ name, extensions }, everything] }
}

/** The dialog for each kind of place. */
const DIALOGS: Readonly<Record<PlaceKind, OpenDialogOptions>> = {
  project: { ...FOLDER, title: 'Open a project', buttonLabel: 'Open' },
  'new-project': { ...FOLDER, title: 'Choose where the new project goes', buttonLabel: 'Choose' },
  granules: { ...FOLDER, title: 'Add folders with GEDI L4A granules', buttonLabel: 'Add' },
  'granule-files': {
    ...files('GEDI L4A granules', ['h5']),
    title: 'Add GEDI L4A granules',
    buttonLabel: 'Add',
  },
  imagery: { ...FOLDER, title: 'Choose the folder with imagery', buttonLabel: 'Choose' },
  table: { ...files('Tables', ['csv']), title: 'Choose a table of footprints', buttonLabel: 'Choose' },
  area: { ...files('GeoJSON', ['geojson', 'json']), title: 'Choose an area', buttonLabel: 'Choose' },
  dataset: { ...files('HDF5', ['h5', 'hdf5']), title: 'Open a file of samples', buttonLabel: 'Open' },
}

/** The desktop window's face: dialogs and file manager of the system. */
export class DesktopFace implements Face {
  readonly name = 'desktop'
  readonly grants = new PathGrants()
  readonly menuCommands = new Broadcast<MenuCommand>()
  /** The stage that the window shows, whenever it shows another one. */
  readonly shownStage = new Broadcast<Stage | null>()

  /** @param window null while there is none */
  constructor(private readonly window: () => BrowserWindow | null) {}

  windowShows(stage: Stage | null): void {
    this.shownStage.send(stage)
  }

  async choosePlaces(kind: PlaceKind, multiple: boolean): Promise<string[] | null> {
    const options = { ...DIALOGS[kind] }
    if (multiple) options.properties = [...(options.properties ?? []), 'multiSelections']
    const window = this.window()
    const { canceled, filePaths } =
      window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options)
    if (canceled || filePaths.length === 0) return null
    for (const path of filePaths) this.grants.grant(path)
    return filePaths
  }

  browse(): Promise<never> {
    return Promise.reject(nativeOnly())
  }

  makeFolder(): Promise<never> {
    return Promise.reject(nativeOnly())
  }

  async showFolder(path: string): Promise<void> {
    this.grants.check(path)
    // Opening a file would run the program that it is for, or the file itself.
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() === true
    if (!isFolder) {
      shell.showItemInFolder(path)
      return
    }
    const fault = await shell.openPath(path)
    if (fault === '') return
    throw new StudioError('usage', 'The folder cannot be shown.', {
      file: path,
      hint: 'Open it with a file manager.',
      context: { fault },
    })
  }
}

function nativeOnly(): StudioError {
  return new StudioError('usage', 'The desktop window has dialogs of the system for this.', {
    hint: 'Choose the place with the button.',
  })
}
