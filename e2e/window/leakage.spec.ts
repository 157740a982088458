import { cutProject } from './cut-project'
import { expect, test } from './fixtures'

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
  await window.looksRight('leakage')
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
  await window.button('Train and test').click()
  const field = page.getByRole('textbox', { name: 'Test apart from train' })
  await field.fill('60')
  await field.press('Enter')
  await window.stageIs('Subset', 'out of date')
  await window.looksRight('leakage-settings')
})
