import { useStudio } from '../stores/studio-store'
import { useView } from '../stores/view-store'
import { showFile } from '../stages/review/open-file'
import { choosePlace } from './choose-places'
import { opening, openProject } from './open-project'

/** Asks for a file of samples and shows it. */
export async function chooseAndOpenDataset(): Promise<void> {
  const path = await choosePlace('dataset')
  if (path !== null) await openDataset(path)
}

/** Shows a file of samples: in the Review step of the open project, alone where there is none. */
export async function openDataset(path: string): Promise<void> {
  if ((useStudio.getState().state?.project ?? null) === null) {
    await opening('Opening the file', (client) => client.studio.openFile({ path }))
    return
  }
  useView.getState().showStage('review')
  await showFile(path)
}

/** Opens what was dropped on the start screen: a file of samples, or a project's folder. */
export async function openDropped(path: string): Promise<void> {
  await (/\.(h5|hdf5)$/i.test(path) ? openDataset(path) : openProject(path))
}
