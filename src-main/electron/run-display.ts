import { powerSaveBlocker, type BrowserWindow } from 'electron'
import type { RunState } from '../../src-shared/api/run-state'
import { taskBarOf } from './task-bar'

/** Shows the run outside of the page: in the task bar, and by keeping the machine from falling asleep. */
export class RunDisplay {
  private blocker: number | null = null

  /** @param window null while there is none */
  constructor(private readonly window: () => BrowserWindow | null) {}

  /** Takes up a new state of the run. */
  show(state: RunState): void {
    const { progress, mode } = taskBarOf(state)
    this.window()?.setProgressBar(progress, { mode })
    this.keepAwake(['running', 'pausing', 'cancelling'].includes(state.status))
  }

  /** The display may go dark; only the work must go on. */
  private keepAwake(wanted: boolean): void {
    if (wanted) {
      this.blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    } else if (this.blocker !== null) {
      powerSaveBlocker.stop(this.blocker)
      this.blocker = null
    }
  }
}
