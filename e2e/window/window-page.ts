import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test'
import { basename, dirname } from 'node:path'

export type StageName = 'Sources' | 'Filter' | 'Subset' | 'Generate' | 'Review' | 'Fuse'

/** The window as people see it: what journeys click and read, by role and name. */
export class Window {
  constructor(
    readonly page: Page,
    readonly face: 'served' | 'desktop',
    private readonly application: ElectronApplication | null,
  ) {}

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name })
  }

  /** A step of the rail; its name ends with its state. */
  stage(name: StageName): Locator {
    return this.page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: new RegExp(`^\\d ${name}\\b`) })
  }

  async show(name: StageName): Promise<void> {
    await this.stage(name).click()
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

  /** Waits until a step is in a state: done, ready, out of date … */
  async stageIs(name: StageName, state: string, timeout = 60_000): Promise<void> {
    const wanted = new RegExp(`^\\d ${name}\\s*, ${state}`, 'i')
    await expect(this.stage(name)).toHaveAccessibleName(wanted, { timeout })
  }

  async openSample(): Promise<void> {
    await this.button('Open sample project').click()
    await expect(this.page.getByRole('navigation', { name: 'Steps' })).toBeVisible()
  }

  /** Waits until no run is under way. */
  async runEnds(timeout = 90_000): Promise<void> {
    await expect(this.page.getByRole('region', { name: 'Running job' })).toBeHidden({ timeout })
  }

  /** Presses a button that asks for a folder, and chooses one: in the native dialog or in the list of the server's. */
  async chooseFolder(button: Locator, path: string): Promise<void> {
    if (this.face === 'desktop') {
      await this.answerDialogs(path)
      await button.click()
      return
    }
    await button.click()
    const list = this.page.getByRole('dialog').last()
    const field = list.getByRole('textbox', { name: 'Path' })
    await expect(field).not.toHaveValue('')
    if ((await field.inputValue()) !== path) {
      await field.fill(path)
      await list.getByRole('button', { name: 'Go', exact: true }).click()
    }
    await list.getByRole('button', { name: `Choose ${basename(path)}` }).click()
  }

  /**
   * Chooses a file in the list of the server's that was asked for; a native dialog has to be answered beforehand.
   * @returns when that was, milliseconds since 1970
   */
  async chooseFile(path: string): Promise<number> {
    if (this.face === 'desktop') return Date.now()
    const list = this.page.getByRole('dialog').last()
    const field = list.getByRole('textbox', { name: 'Path' })
    await expect(field).not.toHaveValue('')
    if ((await field.inputValue()) !== dirname(path)) {
      await field.fill(dirname(path))
      await list.getByRole('button', { name: 'Go', exact: true }).click()
    }
    await list.getByText(basename(path)).click()
    const choose = list.getByRole('button', { name: 'Choose 1 file' })
    await expect(choose).toBeEnabled()
    const chosen = Date.now()
    await choose.click()
    return chosen
  }

  /** What native dialogs give back from now on. Only in Electron. */
  async answerDialogs(...paths: string[]): Promise<void> {
    await this.application?.evaluate(({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
    }, paths)
  }

  /** Begins a project in a folder of its own below a parent. */
  async newProject(name: string, parent: string): Promise<void> {
    await this.button('New project').click()
    const dialog = this.page.getByRole('dialog', { name: 'New project' })
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
    await this.chooseFolder(dialog.getByRole('button', { name: 'Choose location' }), parent)
    await dialog.getByRole('button', { name: 'Make project' }).click()
    await expect(this.page.getByRole('navigation', { name: 'Steps' })).toBeVisible()
  }
}
