import { app, session, shell, type WebContents } from 'electron'
import { isAllowedLink } from './links'
import { isOurPage } from './own-page'

/** Permissions that the page has: to copy text where a person asked for it. */
const PERMITTED = new Set(['clipboard-sanitized-write'])

/**
 * Takes from all pages what ours does not need: permissions, devices, frames, other windows, and the way to any other
 * address. Links that are known lead into the person's browser.
 * @param refused told of what was refused
 */
export function guardPages(refused: (what: string) => void): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_, permission, answer) => answer(PERMITTED.has(permission)))
  defaultSession.setPermissionCheckHandler((_, permission) => PERMITTED.has(permission))
  defaultSession.setDevicePermissionHandler(() => false)
  app.on('web-contents-created', (_, contents) => guard(contents, refused))
}

function guard(contents: WebContents, refused: (what: string) => void): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isAllowedLink(url)) void shell.openExternal(url)
    else refused(`a new window for ${url}`)
    return { action: 'deny' }
  })
  contents.on('will-frame-navigate', (details) => {
    if (details.isMainFrame && isOurPage(details.url)) return
    refused(`the way to ${details.url}`)
    details.preventDefault()
  })
  contents.on('will-redirect', (details) => {
    refused(`the way on to ${details.url}`)
    details.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    refused('a page within the page')
    event.preventDefault()
  })
}
