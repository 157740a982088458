import type { PlaceKind } from '../../src-shared/api/places'

interface PlaceWords {
  /** Title of the dialog. */
  title: string
  /** Whether files are chosen; folders otherwise. */
  files: boolean
}

/** What each kind of place is asked for with. */
export const PLACE_WORDS: Readonly<Record<PlaceKind, PlaceWords>> = {
  project: { title: 'Open a project', files: false },
  'new-project': { title: 'Where to make the project', files: false },
  granules: { title: 'Choose a folder with GEDI granules', files: false },
  'granule-files': { title: 'Choose GEDI granules', files: true },
  imagery: { title: 'Choose an imagery folder', files: false },
  table: { title: 'Choose a table', files: true },
  area: { title: 'Choose an area file', files: true },
  dataset: { title: 'Open a file of samples', files: true },
}
