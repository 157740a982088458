import AxeBuilder from '@axe-core/playwright'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cutProject, SAMPLES } from './cut-project'
import { expect, picture, test } from './fixtures'

test('the data card and the Croissant file open from the Fuse step', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  const { window } = await start({ project })
  const { page } = window
  await window.show('Fuse')
  const panel = page.getByRole('region', { name: 'Data card' })
  const names = ['Data card', 'Data card as Markdown', 'Croissant']
  for (const name of names) {
    const link = panel.getByRole('link', { name, exact: true })
    const button = panel.getByRole('button', { name, exact: true })
    await expect(link.or(button)).toBeVisible()
  }
  const link = panel.getByRole('link', { name: 'Data card', exact: true })
  if ((await link.count()) > 0) {
    const opened = page.context().waitForEvent('page')
    await link.click()
    const card = await opened
    await expect(card.getByRole('heading', { level: 1, name: 'Data card: project' })).toBeVisible()
    const row = card.getByRole('row', { name: /train_dataset\.h5/ })
    await expect(row).toContainText(String(SAMPLES.train))
    await expect(
      card.getByRole('img', { name: `Map of ${SAMPLES.train + SAMPLES.test} samples` }),
    ).toBeVisible()
    await picture(card, 'data-card')
    await card.close()
    const address = await panel.getByRole('link', { name: 'Croissant' }).getAttribute('href')
    const answer = await page.request.get(new URL(address ?? '', page.url()).href)
    expect(await answer.text()).toBe(await readFile(join(project, 'croissant.json'), 'utf8'))
  }

  await page.getByText('PyTorch', { exact: true }).click()
  await panel.scrollIntoViewIfNeeded()
  await picture(page, 'fuse-data-card')
  await expect(page.getByLabel('Python code', { exact: true })).toContainText('torch.utils.data.Dataset')
})

test('the data card can be read by everybody, light and dark', async ({
  browserName,
  playwright,
  folder,
}) => {
  test.skip(test.info().project.name !== 'chromium', 'The page is the same in every browser.')
  const project = await cutProject(folder, 'run')
  const executablePath = process.env.E2E_CHROMIUM ?? ''
  const browser = await playwright[browserName].launch({
    executablePath,
    args: ['--no-sandbox'],
  })
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ colorScheme, bypassCSP: true })
      const page = await context.newPage()
      await page.goto(`file://${join(project, 'data_card.html')}`)
      await picture(page, `data-card-${colorScheme}`)
      const { violations } = await new AxeBuilder({ page }).analyze()
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
      const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(width).toBeLessThanOrEqual(0)
      await context.close()
    }
  } finally {
    await browser.close()
  }
})
