import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, picture, test } from './fixtures'
import type { StageName } from './window-page'

const STAGES: readonly StageName[] = ['Sources', 'Filter', 'Subset', 'Generate', 'Review', 'Fuse']

async function noViolations(page: Page, where: string): Promise<void> {
  // In Electron a page of the checker's own cannot be opened; everything is in one frame here anyway.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  expect.soft(told, where).toEqual([])
}

/** Waits until nothing says that it is loading. */
async function atRest(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every step can be read by everybody, ${scheme}`, async ({ window, face }) => {
    const { page } = window
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await expect(page.getByRole('heading', { level: 1, name: 'GEDI Dataset Studio' })).toBeVisible()
    await noViolations(page, 'Start')
    await picture(page, `${face}-${scheme}-0-start`)
    await window.openSample()
    await window.stageIs('Generate', 'done')
    await window.runEnds()
    for (const [index, name] of STAGES.entries()) {
      await window.show(name)
      await page.waitForLoadState('networkidle').catch(() => undefined)
      await atRest(page)
      // Maps learn after a moment what they are to show.
      await page.waitForTimeout(1000)
      await atRest(page)
      await picture(page, `${face}-${scheme}-${index + 1}-${name.toLowerCase()}`)
      await noViolations(page, name)
    }
  })
}

test('the steps are reached by keyboard', async ({ window }) => {
  const { page } = window
  await window.openSample()
  for (const [index, name] of STAGES.entries()) {
    await page.keyboard.press(`Control+${index + 1}`)
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  }
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: /shortcuts/i })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
})
