import { Menu } from 'electron'
import type { RunState } from '../../src-shared/api/run-state'
import type { Stage } from '../../src-shared/api/stages'
import type { StudioState } from '../../src-shared/api/studio-state'
import type { MarkChangeLabels } from '../../src-shared/review/marks'
import { menuModel, menuTemplate, type MenuActions } from './menu'

/** The native menu, made anew whenever something shows in it. */
export class StudioMenu {
  private studio: StudioState | null = null
  private run: RunState['status'] = 'idle'
  private stage: Stage | null = null
  private marks: MarkChangeLabels | null = null
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

  /** Of the window: while it shows Review, undo and redo are those of marks. */
  showStage(stage: Stage | null): void {
    this.stage = stage
    this.update()
  }

  showMarks(labels: MarkChangeLabels | null): void {
    this.marks = labels
    this.update()
  }

  private update(): void {
    const model = menuModel(this.studio, this.run, this.stage === 'review' ? this.marks : null)
    const text = JSON.stringify(model)
    if (text === this.shown) return
    this.shown = text
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(menuTemplate(model, this.actions, process.platform === 'darwin')),
    )
  }
}
