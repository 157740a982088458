import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { PORT_MESSAGE } from '../../src-shared/api/port-message'
import { CONNECT_CHANNEL, DROPPED_CHANNEL } from './channels'

/** What of the page's world is used here; the rest of this layer knows no page. */
declare const window: {
  readonly location: { readonly origin: string }
  postMessage(message: string, targetOrigin: string, transfer: readonly object[]): void
}

/** The form is that of StudioBridge, as the page declares it. */
contextBridge.exposeInMainWorld('studioBridge', {
  connect: (): void => {
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage(CONNECT_CHANNEL, null, [port1])
    window.postMessage(PORT_MESSAGE, window.location.origin, [port2])
  },
  // Files that scripts made have no path, and a path cannot be passed: only what a person dropped gets through.
  pathsOf: (files: readonly File[]): Promise<unknown> => {
    const paths = files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== '')
    return ipcRenderer.invoke(DROPPED_CHANNEL, paths)
  },
})
