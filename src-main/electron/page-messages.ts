import { ipcMain, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron'
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { PathGrants } from '../studio/path-grants'
import type { StudioLines } from '../studio/studio-lines'
import { CONNECT_CHANNEL, DROPPED_CHANNEL } from './channels'
import { isFromOurPage } from './own-page'

/** Files and folders that are taken from one drop. */
const MOST_DROPPED = 1000

const droppedSchema = z.array(z.string().refine(isAbsolute)).max(MOST_DROPPED)

export interface PageMessages {
  lines: StudioLines
  grants: PathGrants
  /** The window whose page may speak; null while there is none. */
  window: () => BrowserWindow | null
  /** Told of what was refused. */
  refused: (what: string) => void
}

/**
 * Hears the two messages that the page has besides its line: the wish for that line, and what was dropped on the window.
 * Both are taken from the page of our window only, and in their own form only.
 */
export function hearPage(messages: PageMessages): void {
  ipcMain.on(CONNECT_CHANNEL, (event, ...words: unknown[]) => connect(messages, event, words))
  ipcMain.handle(DROPPED_CHANNEL, (event, ...words: unknown[]) => drop(messages, event, words))
}

function connect({ lines, window, refused }: PageMessages, event: IpcMainEvent, words: unknown[]): void {
  const { ports } = event
  const isPlain = ports.length === 1 && words.every((word) => word === null)
  if (!isPlain || !isFromOurPage(event, window())) {
    refused(`${CONNECT_CHANNEL} with ${ports.length} ports from ${whereFrom(event)}`)
    for (const port of ports) port.close()
    return
  }
  const [port] = ports
  lines.serve({
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
    onClose: (listener) => port.on('close', listener),
    cut: () => {
      refused(`a line that brought something else than a call, from ${whereFrom(event)}`)
      port.close()
    },
  })
  port.start()
}

/** Allows what was dropped, and says it back. Electron hands the error to the page as it is. */
function drop(
  { grants, window, refused }: PageMessages,
  event: IpcMainInvokeEvent,
  words: unknown[],
): string[] {
  const parsed = droppedSchema.safeParse(words[0])
  if (words.length !== 1 || !parsed.success || !isFromOurPage(event, window())) {
    refused(`${DROPPED_CHANNEL} from ${whereFrom(event)}`)
    throw new StudioError('path-not-allowed', 'This cannot be dropped here.', {
      hint: 'Choose it with the button instead.',
    })
  }
  for (const path of parsed.data) grants.grant(path)
  return parsed.data
}

function whereFrom({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): string {
  return senderFrame === null ? 'a page that is gone' : senderFrame.url
}
