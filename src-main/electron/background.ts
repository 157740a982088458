import { Menu, Notification, Tray } from 'electron'
import type { RunState } from '../../src-shared/api/run-state'
import { icon } from './icon'

/** Pixels of the icon in the bar of the system. */
const TRAY_SIZE = 22

/** What a person can do with a run whose window is hidden. */
export interface BackgroundActions {
  show: () => void
  stop: () => void
}

/** The sign of a run that goes on without a window: an icon in the bar of the system, and a word when it is over. */
export class Background {
  private tray: Tray | null = null

  constructor(private readonly actions: BackgroundActions) {}

  /** Begins when the window is hidden. */
  begin(): void {
    if (this.tray !== null) return
    this.tray = new Tray(icon(TRAY_SIZE))
    this.tray.setToolTip('GEDI Dataset Studio: a run goes on')
    this.tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Show Window', click: this.actions.show },
        { label: 'Stop and Quit', click: this.actions.stop },
      ]),
    )
    this.tray.on('click', this.actions.show)
  }

  /** Ends when the window is there again, or the program quits. */
  end(): void {
    this.tray?.destroy()
    this.tray = null
  }

  /** Says how the run has ended, where nobody sees it. */
  announce({ status, error }: Pick<RunState, 'status' | 'error'>): void {
    if (this.tray === null || !Notification.isSupported()) return
    if (status === 'done')
      new Notification({ title: 'The run is done', body: 'All results are in the project.' }).show()
    if (status === 'failed') new Notification({ title: 'The run stopped', body: error?.message ?? '' }).show()
  }
}
