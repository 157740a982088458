import { Menu } from 'electron'
import type { RunState } from '../../src-shared/api/run-state'
import type { StudioState } from '../../src-shared/api/studio-state'
import { menuModel, menuTemplate, type MenuActions } from './menu'

/** The native menu, made anew whenever something shows in it. */
export class StudioMenu {
  private studio: StudioState | null = null
  private run: RunState['status'] = 'idle'
  /** What the menu was made from, as text, to compare with. */
  private shown: string | null = null

  constructor(private readonly actions: MenuActions) {
    this.update()
  }

  showStudio(state: StudioState): void {
    this.studio = state
    this.update()
  }

  showRun({ status }: RunState): void {
    this.run = status
    this.update()
  }

  private update(): void {
    const model = menuModel(this.studio, this.run)
    const text = JSON.stringify(model)
    if (text === this.shown) return
    this.shown = text
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(menuTemplate(model, this.actions, process.platform === 'darwin')),
    )
  }
}
