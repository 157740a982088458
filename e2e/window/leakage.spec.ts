import { changeSettings, cutProject } from './cut-project'
import { expect, test } from './fixtures'
import { looksRight } from './looks-right'

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

test('where blocks split the footprints, the map of the filter says that its split is that of the years', async ({
  start,
  folder,
}) => {
  const project = await cutProject(folder, 'run')
  await changeSettings(project, { splitBlocks: 20 })
  const { window } = await start({ project })
  const { page } = window
  await window.show('Filter')
  const legend = page.getByRole('region', { name: 'Legend' })
  await expect(legend).toBeVisible()
  await expect(legend).not.toContainText('by year')
  await page.getByRole('combobox', { name: 'Colour by' }).selectOption({ label: 'Train, test' })
  await expect(legend).toContainText('Split by year')
  await expect(legend).toContainText('Spatial blocks split the footprints when the tables are made')
  await looksRight(page, 'filter-split-by-year')
})
