import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { cutProject } from './cut-project'
import { expect, picture, test } from './fixtures'

/** Light and dark, each without violations, and a picture of it where they are kept. */
async function looksRight(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
    expect
      .soft(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`))
      .toEqual([])
    await picture(page, `${name}-${scheme}`)
  }
}

test('one figure tells how many test patches share pixels with train patches', async ({ start, folder }) => {
  const { window } = await start({ project: await cutProject(folder, 'run') })
  const { page } = window
  await window.stageIs('Fuse', 'done')
  await window.show('Fuse')
  const panel = page.getByRole('region', { name: 'Leakage' })
  // What comparing all pairs of the independent reference's windows gives, see e2e/leakage.test.ts.
  await expect(panel).toContainText('55 of 90 test patches share pixels with train patches (61.1 %).')
  await expect(panel).toContainText('Measured on the samples of the datasets.')
  await panel.scrollIntoViewIfNeeded()
  const chart = panel.getByRole('figure', { name: /distance to the nearest train footprint/ })
  await expect(chart).toBeVisible()
  await looksRight(page, 'leakage')
})

test('before samples are fused the figure is an estimate, and settings against leakage are in the Subset step', async ({
  start,
  folder,
}) => {
  const { window } = await start({ project: await cutProject(folder, 'batch') })
  const { page } = window
  await window.stageIs('Fuse', 'ready')
  await window.show('Fuse')
  const panel = page.getByRole('region', { name: 'Leakage' })
  await expect(panel).toContainText('of 269 test patches share pixels')
  await expect(panel).toContainText('Estimated from the subset tables.')
  await window.show('Subset')
  const field = page.getByRole('textbox', { name: 'Test apart from train' })
  await field.fill('60')
  await field.press('Enter')
  await window.stageIs('Subset', 'out of date')
  await looksRight(page, 'leakage-settings')
})
