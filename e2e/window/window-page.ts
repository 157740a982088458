import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test'

export type StageName = 'Sources' | 'Filter' | 'Subset' | 'Generate' | 'Review' | 'Fuse'

/** The window as people see it: what journeys click and read, by role and name. */
export class Window {
  constructor(
    readonly page: Page,
    readonly face: 'served' | 'desktop',
    private readonly application: ElectronApplication | null,
  ) {}

  /** A step of the rail. */
  stage(name: StageName): Locator {
    return this.page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: new RegExp(`^\\d?\\s*${name}`) })
  }

  async show(name: StageName): Promise<void> {
    await this.stage(name).click()
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

  /** Waits until a step is in a state, as its name for screen readers says. */
  async stageIs(name: StageName, state: string, timeout = 60_000): Promise<void> {
    await expect(this.stage(name)).toHaveAccessibleName(new RegExp(state, 'i'), { timeout })
  }

  async openSample(): Promise<void> {
    await this.page.getByRole('button', { name: 'Open sample project' }).click()
    await expect(this.page.getByRole('navigation', { name: 'Steps' })).toBeVisible()
  }

  /** What the next native dialog gives back. Only in Electron. */
  async answerDialog(...paths: string[]): Promise<void> {
    await this.application?.evaluate(({ dialog }, filePaths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths })
    }, paths)
  }
}
