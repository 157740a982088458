import { join } from 'node:path'
import type { StartedFace } from './faces'

export interface SavedFile {
  /** Name under which the page saves it. */
  name: string
  /** Where it lies now. */
  path: string
}

/** What the page saves as a file while `act` is done, kept in a folder. */
export async function savedFile(
  { page, application }: StartedFace,
  folder: string,
  act: () => Promise<void>,
): Promise<SavedFile> {
  if (application === null) {
    const [download] = await Promise.all([page.waitForEvent('download'), act()])
    const name = download.suggestedFilename()
    await download.saveAs(join(folder, name))
    return { name, path: join(folder, name) }
  }
  const saved = application.evaluate(
    ({ BrowserWindow }, into) =>
      new Promise<string>((done, failed) => {
        BrowserWindow.getAllWindows()[0].webContents.session.once('will-download', (_, item) => {
          const name = item.getFilename()
          item.setSavePath(`${into}/${name}`)
          item.once('done', (_event, state) =>
            state === 'completed' ? done(name) : failed(new Error(`the download is ${state}`)),
          )
        })
      }),
    folder,
  )
  await act()
  const name = await saved
  return { name, path: join(folder, name) }
}
