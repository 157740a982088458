import { RPCHandler } from '@orpc/server/message-port'
import { app, dialog, powerMonitor, shell, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { toStudioError } from '../../src-shared/errors/studio-error'
import { DOCUMENTS, PRELOAD, RENDERER, SAMPLE, SOFTWARE_VERSION } from '../software'
import { dataFolder } from '../studio/data-folder'
import { PageFiles } from '../studio/page-files'
import { Studio } from '../studio/studio'
import { StudioLines } from '../studio/studio-lines'
import { serveScheme } from './app-scheme'
import { Background } from './background'
import { askHowToLeave } from './close-question'
import { DesktopFace } from './desktop-face'
import { Leaving } from './leaving'
import type { MenuActions } from './menu'
import { hearPage } from './page-messages'
import { RunDisplay } from './run-display'
import { guardPages } from './security'
import { StudioMenu } from './studio-menu'
import { isInTextField } from './text-field'
import { utilityWorkers } from './utility-worker'
import { openWindow } from './window'
import { WindowLog } from './window-log'

/** The desktop application: one studio, one window, and what the system shows of them. */
export class Application {
  private readonly log: WindowLog
  private readonly face = new DesktopFace(() => this.window)
  private readonly studio: Studio
  private readonly leaving: Leaving
  private readonly background: Background
  private readonly folder = dataFolder()
  private window: BrowserWindow | null = null

  /** To be made when Electron is ready. */
  constructor() {
    this.log = new WindowLog(join(this.folder, 'window.log'))
    this.studio = new Studio({
      face: this.face,
      spawn: utilityWorkers(),
      dataFolder: this.folder,
      sampleFolder: fileURLToPath(SAMPLE),
      // Its files are mounted in a new place at each start.
      sampleMoves: process.env.APPIMAGE !== undefined,
    })
    this.background = new Background({
      show: () => this.leaving.comeBack(),
      stop: () => void this.leaving.leave(),
    })
    this.leaving = new Leaving({
      run: this.studio.run,
      ask: () => askHowToLeave(this.window),
      hide: () => this.hide(),
      show: () => this.show(),
      close: () => this.close(),
      quit: () => app.quit(),
    })
  }

  /** Opens the window, and a project where one is named. */
  start(project: string | null): void {
    const refused = (what: string): void => this.log.note(`Refused: ${what}`)
    for (const event of ['uncaughtException', 'unhandledRejection'])
      process.on(event, (fault: unknown) =>
        this.log.note(fault instanceof Error ? (fault.stack ?? '') : String(fault)),
      )
    guardPages(refused)
    serveScheme({
      page: new PageFiles(fileURLToPath(RENDERER)),
      respond: (request) => this.studio.respond(request),
      tileOrigin: () => null,
    })
    hearPage({
      lines: new StudioLines(new RPCHandler(this.studio.router)),
      grants: this.face.grants,
      window: () => this.window,
      refused,
    })
    this.hearSystem()
    this.window = openWindow({
      preload: fileURLToPath(PRELOAD),
      stateFile: join(this.folder, 'window.json'),
      mayClose: () => this.mayClose(),
      failed: (what) => this.log.note(what),
    })
    this.window.on('closed', () => (this.window = null))
    this.showRun()
    if (project !== null) void this.open(project)
  }

  /** Brings the window to the front, as when the program is started again; opens a project where one is named. */
  comeBack(project: string | null): void {
    this.leaving.comeBack()
    if (project !== null) void this.open(project)
  }

  private mayClose(): boolean {
    if (!this.leaving.isDone) void this.leaving.request()
    return this.leaving.isDone
  }

  private hearSystem(): void {
    app.setAboutPanelOptions({ applicationName: 'GEDI Dataset Studio', applicationVersion: SOFTWARE_VERSION })
    app.on('before-quit', (event) => {
      if (!this.mayClose()) event.preventDefault()
    })
    app.on('activate', () => this.leaving.comeBack())
    // A terminal and the system do not wait for an answer.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => void this.leaving.leave())
    powerMonitor.on('shutdown', () => void this.leaving.leave())
  }

  /** Shows the run in task bar and menu, from now on. */
  private showRun(): void {
    const { run } = this.studio
    const display = new RunDisplay(() => this.window)
    const menu = new StudioMenu(this.menuActions())
    run.changes.listen((state) => {
      display.show(state)
      menu.showRun(state)
      this.background.announce(state)
    })
    this.face.shownStage.listen((stage) => menu.showStage(stage))
    this.studio.markLabels.listen((labels) => menu.showMarks(labels))
    void (async () => {
      for await (const state of this.studio.watch(undefined)) menu.showStudio(state)
    })()
  }

  private menuActions(): MenuActions {
    return {
      command: (command) => {
        this.leaving.comeBack()
        this.face.menuCommands.send(command)
      },
      change: (direction) => void this.change(direction),
      openRecent: (folder) => void this.open(folder),
      showDocuments: () => void shell.openPath(fileURLToPath(DOCUMENTS)),
    }
  }

  /** Undoes or redoes in the text field that people are in, and otherwise in the project. */
  private async change(direction: 'undo' | 'redo'): Promise<void> {
    const contents = this.window?.webContents
    if (contents !== undefined && (await isInTextField(contents))) contents[direction]()
    else this.face.menuCommands.send(direction)
  }

  private async open(folder: string): Promise<void> {
    try {
      this.face.grants.grant(folder)
      await this.studio.openProject(folder)
    } catch (thrown) {
      const error = toStudioError(thrown)
      this.log.note(error.describe())
      const options = {
        type: 'warning' as const,
        message: error.message,
        detail: `${folder}\n\n${error.hint}`,
      }
      await (this.window === null
        ? dialog.showMessageBox(options)
        : dialog.showMessageBox(this.window, options))
    }
  }

  /** Ends the page first: what it still asks for would fail in a studio that is closing. */
  private close(): Promise<void> {
    this.background.end()
    this.window?.destroy()
    return this.studio.close()
  }

  private hide(): void {
    this.background.begin()
    this.window?.hide()
  }

  private show(): void {
    this.background.end()
    const { window } = this
    if (window === null) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }
}
