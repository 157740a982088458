import type { StartedFace } from './faces'

/** Lets the page put texts on the clipboard and the test read them; Electron needs no asking. */
export async function allowClipboard({ page, application }: StartedFace): Promise<void> {
  if (application === null) await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
}

/** The text on the clipboard. */
export async function copiedText({ page, application }: StartedFace): Promise<string> {
  return application === null
    ? page.evaluate<string>('navigator.clipboard.readText()')
    : application.evaluate(({ clipboard }) => clipboard.readText())
}
