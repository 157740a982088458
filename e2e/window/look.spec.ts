import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { cutProject } from './cut-project'
import { expect, picture, test } from './fixtures'
import type { StageName, Window } from './window-page'

/** The steps, with what each of them shows of a finished project once it is loaded. */
const STEPS: readonly { name: StageName; isThere: (window: Window) => Promise<void> }[] = [
  {
    name: 'Sources',
    isThere: ({ page }) => expect(page.getByRole('main').getByText('4 granules').first()).toBeVisible(),
  },
  {
    name: 'Filter',
    isThere: async ({ page }) => {
      await expect(page.getByRole('region', { name: 'Totals' })).toContainText('1,664')
      await mapIsThere(page)
    },
  },
  { name: 'Subset', isThere: ({ page }) => mapIsThere(page) },
  { name: 'Generate', isThere: ({ page }) => mapIsThere(page) },
  {
    name: 'Review',
    isThere: async (window) => {
      const { page } = window
      await expect(page.getByRole('option', { name: /^Shot/ }).first()).toBeVisible()
      await expect(page.getByRole('img', { name: /of shot/ }).first()).toBeVisible()
      await expect(window.button('Open large')).toBeEnabled()
    },
  },
  {
    name: 'Fuse',
    isThere: ({ page }) =>
      expect(page.getByRole('table', { name: 'Footprints of the test subset' })).toBeVisible(),
  },
]

const mapIsThere = (page: Page): Promise<void> =>
  expect(page.getByRole('main').locator('canvas').first()).toBeVisible()

async function noViolations(page: Page, where: string): Promise<void> {
  // In Electron a page of the checker's own cannot be opened; everything is in one frame here anyway.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  expect.soft(told, where).toEqual([])
}

/** Waits until nothing is loading or moving, and what is there stays the same from one look to the next. */
async function atRest(page: Page): Promise<void> {
  const look = (): Promise<{ unfinished: number; content: string }> =>
    page.evaluate(`({
      unfinished:
        document.querySelectorAll('[aria-busy="true"], .mantine-Skeleton-root').length +
        [...document.images].filter((image) => !image.complete).length +
        document.getAnimations().filter(({ playState }) => playState === 'running').length,
      content: document.body.innerHTML,
    })`)
  let before = ''
  await expect
    .poll(
      async () => {
        const { unfinished, content } = await look()
        const same = content === before
        before = content
        return same ? unfinished : `${unfinished}, and changing`
      },
      { intervals: [200] },
    )
    .toBe(0)
}

for (const scheme of ['light', 'dark'] as const) {
  test(`every step can be read by everybody, ${scheme}`, async ({ window, face, folder }) => {
    const { page } = window
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    await expect(window.button('Open project')).toBeEnabled()
    await atRest(page)
    await picture(page, `${face}-${scheme}-0-start`)
    await noViolations(page, 'Start')
    await window.chooseFolder(window.button('Open project'), await cutProject(folder, 'run'))
    await window.stageIs('Fuse', 'done')
    for (const [index, { name, isThere }] of STEPS.entries()) {
      await window.show(name)
      await isThere(window)
      await atRest(page)
      await picture(page, `${face}-${scheme}-${index + 1}-${name.toLowerCase()}`)
      await noViolations(page, name)
    }
  })
}

test('the steps are reached by keyboard', async ({ start, folder }) => {
  const { window } = await start({ project: await cutProject(folder, 'run') })
  const { page } = window
  await window.stageIs('Fuse', 'done')
  for (const [index, { name }] of STEPS.entries()) {
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
