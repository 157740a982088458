import { BrowserWindow, nativeTheme, screen } from 'electron'
import { APP_PAGE, CRASH_PAGE } from './app-scheme'
import { icon } from './icon'
import { placeWindow, readWindowState, SMALLEST, writeWindowState } from './window-state'

/** Milliseconds after a move or a change of size until it is kept. */
const KEEP_AFTER_MS = 500

/** A page that crashes a second time within this many milliseconds is not loaded again by itself. */
const CRASH_PAUSE_MS = 60_000

/** The page's grounds, so that nothing flashes before it has been drawn. */
const GROUND = { light: '#f6f7f8', dark: '#16191c' } as const

export interface WindowOptions {
  preload: string
  /** File that keeps where the window was. */
  stateFile: string
  /** Told when the window is to be closed; it goes only where this says so. */
  mayClose: () => boolean
  /** Told of what went wrong in the page. */
  failed: (what: string) => void
}

/** Opens the window with the page, where it was last time, and shows it once the page has been drawn. */
export function openWindow({ preload, stateFile, mayClose, failed }: WindowOptions): BrowserWindow {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
  const displays = [main, ...others].map(({ workArea }) => workArea)
  const { bounds, maximised } = placeWindow(readWindowState(stateFile), displays)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: Math.min(SMALLEST.width, bounds.width),
    minHeight: Math.min(SMALLEST.height, bounds.height),
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    title: 'GEDI Dataset Studio',
    icon: icon(256),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      // What people watch a run with goes on when the window is behind others.
      backgroundThrottling: false,
    },
  })
  if (maximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  keepState(window, stateFile)
  loadAgainAfterCrash(window, failed)
  window.on('close', (event) => {
    if (!mayClose()) event.preventDefault()
  })
  void window.loadURL(APP_PAGE).catch((error: unknown) => failed(String(error)))
  return window
}

/** Keeps where the window is, a moment after it was moved and when it closes. */
function keepState(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined
  const keep = (): void => {
    clearTimeout(timer)
    writeWindowState(file, { bounds: window.getNormalBounds(), maximised: window.isMaximized() })
  }
  const keepSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(keep, KEEP_AFTER_MS)
  }
  for (const event of ['resize', 'move', 'maximize', 'unmaximize'] as const)
    window.on(event as 'resize', keepSoon)
  window.on('close', keep)
  window.on('closed', () => clearTimeout(timer))
}

/** A page that crashed is loaded again; one that crashes again soon makes place for one that cannot. */
function loadAgainAfterCrash(window: BrowserWindow, failed: (what: string) => void): void {
  let last = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    failed(`The page ended: ${reason} (${exitCode}).`)
    const again = performance.now() - last < CRASH_PAUSE_MS
    last = performance.now()
    void window.loadURL(again ? CRASH_PAGE : APP_PAGE).catch((error: unknown) => failed(String(error)))
  })
}
