import { choosePlace } from '../../places/choose-places'
import { ask } from '../../stores/change'
import { changeQuery, useReview } from './review-store'

/** Lets people choose an HDF5 file, and shows its samples. */
export async function openFile(): Promise<void> {
  const path = await choosePlace('dataset')
  if (path !== null) await showFile(path)
}

/** Shows the samples of a file that was chosen or dropped. */
export async function showFile(path: string): Promise<void> {
  await ask(async (client) => {
    const file = await client.patches.openFile({ path })
    useReview.setState(({ opened }) => ({
      opened: [...opened.filter((other) => other.file !== file.file), file],
    }))
    changeQuery({ file: file.file, filters: {} })
  })
}
