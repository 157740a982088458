import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron'
import { APP_ORIGIN, APP_PAGE } from './app-scheme'

/** Whether a message came from the page of our window itself: its own frame, its own origin. */
export function isFromOurPage(
  { sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent,
  window: BrowserWindow | null,
): boolean {
  if (window === null || window.isDestroyed() || senderFrame === null) return false
  return sender === window.webContents && senderFrame.parent === null && senderFrame.origin === APP_ORIGIN
}

/** Whether an address is that of our page, which is all that the window may go to. */
export function isOurPage(address: string): boolean {
  return address.split(/[?#]/, 1)[0] === APP_PAGE
}
