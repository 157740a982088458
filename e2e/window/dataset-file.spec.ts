import AxeBuilder from '@axe-core/playwright'
import { copyFile, mkdir, readdir, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { readDataset } from '../dataset'
import { cutProject, SAMPLES } from './cut-project'
import { dropFile } from './drop-file'
import { ownAll } from './faces'
import { expect, picture, test } from './fixtures'
import { savedFile } from './saved-file'
import type { Window } from './window-page'

const BROWSER_TELLS_NOTHING = 'A browser does not tell where files lie.'

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
}

/** A folder with a dataset of the sample world, and with files that are none. */
async function datasetFolder(folder: string): Promise<string> {
  const project = await cutProject(folder, 'run')
  const data = join(folder, 'data')
  await mkdir(data)
  await copyFile(join(project, 'train_dataset.h5'), join(data, 'woods.h5'))
  await copyFile(join(project, 'test_dataset.h5'), join(data, 'fields.h5'))
  await copyFile(join(project, 'test_dataset.h5'), join(data, 'damaged.h5'))
  await truncate(join(data, 'damaged.h5'), 5000)
  await writeFile(join(data, 'notes.h5'), 'This is no HDF5 file.')
  await ownAll(folder)
  return data
}

/** What is in a folder, to see that nothing was written there. */
async function contentOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).sort()
  return Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name))
      return [name, size, mtimeMs].join(' ')
    }),
  )
}

async function openFile(window: Window, path: string): Promise<void> {
  if (window.face === 'desktop') await window.answerDialogs(path)
  await window.button('Open a dataset file').click()
  await window.chooseFile(path)
}

const grid = (page: Page): Locator => page.getByRole('listbox', { name: 'Samples' })

test('a dataset file is looked at alone, from the start screen, and nothing is written', async ({
  start,
  folder,
  face,
}) => {
  const data = await datasetFolder(folder)
  const before = await contentOf(data)
  const { window, started } = await start()
  const { page } = window
  await openFile(window, join(data, 'woods.h5'))
  await expect(page.getByRole('heading', { level: 1, name: 'woods.h5' })).toBeVisible()
  await expect(page).toHaveTitle('woods.h5 – GEDI Dataset Studio')
  const bar = page.getByRole('region', { name: 'View' })
  await expect(bar).toContainText(`${SAMPLES.train} samples`)
  await expect(page.getByRole('navigation', { name: 'Steps' })).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Marks' })).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: 'Samples from' })).toHaveCount(0)
  await expect(grid(page).getByRole('option', { name: /^Shot/ }).first()).toBeVisible()
  await expect(bar).not.toContainText('Looking for suspects')
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await noViolations(page)
    await picture(page, `${face}-file-alone-${scheme}`)
  }

  const agbd = Array.from((await readDataset(join(data, 'woods.h5')))['AGBD Values'] as Float32Array)
  await bar.getByRole('button', { name: /^Filters/ }).click()
  await page
    .getByRole('dialog', { name: /^Filters/ })
    .getByRole('textbox', { name: 'Biomass density, from' })
    .fill('100')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(bar).toContainText(
    `${agbd.filter((value) => value >= 100).length} of ${SAMPLES.train} samples`,
  )
  await page.getByRole('button', { name: /Remove Biomass density/ }).click()
  // While the list is loaded anew nothing is selected, and keys have nothing to act on.
  await expect(grid(page).getByRole('option', { name: /^Shot/, selected: true })).toBeVisible()

  await grid(page).focus()
  // Keys that mark do nothing here.
  await page.keyboard.press('x')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('img', { name: /of shot/ })).toHaveCount(9)
  await expect(dialog.getByRole('button', { name: 'Show on the map' })).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Save as GeoTIFF' }).click()
  const { name } = await savedFile(started, folder, () =>
    page.getByRole('menuitem', { name: /Land cover/ }).click(),
  )
  expect(name).toMatch(/^shot_\d+_landcover\.tif$/)
  await page.keyboard.press('Escape')

  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'woods.h5' })).toBeVisible()
  await window.button('Close file').click()
  await expect(window.button('Open a dataset file')).toBeVisible()
  await expect(page).toHaveTitle('GEDI Dataset Studio')
  expect(await contentOf(data)).toEqual(before)
})

test('a file that is damaged or no dataset is said so on the start screen', async ({
  start,
  folder,
  face,
}) => {
  const data = await datasetFolder(folder)
  const { window } = await start()
  const { page } = window
  await openFile(window, join(data, 'damaged.h5'))
  await expect(page.getByRole('alert')).toContainText('The file is truncated')
  await expect(page.getByRole('alert')).toContainText('damaged.h5')
  await picture(page, `${face}-file-damaged`)
  await openFile(window, join(data, 'notes.h5'))
  await expect(page.getByRole('alert')).toContainText('notes.h5')
  await expect(page.getByRole('alert')).not.toContainText('truncated')
  await noViolations(page)
  await picture(page, `${face}-file-foreign`)
  await openFile(window, join(data, 'woods.h5'))
  await expect(page.getByRole('heading', { level: 1, name: 'woods.h5' })).toBeVisible()
})

test('the commands open a file alone, and a project takes its place', async ({ start, folder }) => {
  const data = await datasetFolder(folder)
  const { window } = await start()
  const { page } = window
  await expect(window.button('Open sample project')).toBeEnabled()
  if (window.face === 'desktop') await window.answerDialogs(join(data, 'fields.h5'))
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: 'Find a command' }).fill('dataset file')
  await page.keyboard.press('Enter')
  await window.chooseFile(join(data, 'fields.h5'))
  await expect(page.getByRole('heading', { level: 1, name: 'fields.h5' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'View' })).toContainText(`${SAMPLES.test} samples`)
  if (window.face === 'desktop') await window.answerDialogs(join(folder, 'project'))
  await page.keyboard.press('Control+k')
  await page.getByRole('textbox', { name: 'Find a command' }).fill('open project')
  await page.keyboard.press('Enter')
  if (window.face === 'served') {
    const list = page.getByRole('dialog').last()
    await list.getByRole('textbox', { name: 'Path' }).fill(join(folder, 'project'))
    await list.getByRole('button', { name: 'Go', exact: true }).click()
    await list.getByRole('button', { name: 'Choose project' }).click()
  }
  await window.show('Review')
  await expect(page.getByRole('region', { name: 'View' })).toContainText('137 samples')
  await expect(page.getByRole('region', { name: 'Marks' })).toContainText('0 kept, 0 excluded')
})

test('a file that is dropped is shown, or the browser says what to do instead', async ({
  start,
  folder,
  face,
}) => {
  const data = await datasetFolder(folder)
  const { window } = await start()
  const { page } = window
  const notice = page.getByRole('alert').filter({ hasText: BROWSER_TELLS_NOTHING })
  await expect(window.button('Open sample project')).toBeEnabled()
  await dropFile(page, page.getByRole('main'), join(data, 'woods.h5'))
  if (face === 'served') {
    await expect(notice).toContainText('Choose them with the buttons')
    await picture(page, 'served-dropped-on-start')
    return
  }
  await expect(page.getByRole('heading', { level: 1, name: 'woods.h5' })).toBeVisible()
  await expect(grid(page).getByRole('option', { name: /^Shot/ }).first()).toBeVisible()
  await dropFile(page, page.getByRole('main'), join(data, 'fields.h5'))
  await expect(page.getByRole('heading', { level: 1, name: 'fields.h5' })).toBeVisible()
  await dropFile(page, page.getByRole('main'), join(data, 'notes.h5'))
  await expect(page.getByRole('alert')).toContainText(/HDF5/)
  await expect(page.getByRole('heading', { level: 1, name: 'fields.h5' })).toBeVisible()
})

test('a file that is dropped on Review is shown there, or the browser says what to do instead', async ({
  start,
  folder,
  face,
}) => {
  const data = await datasetFolder(folder)
  const { window } = await start({ project: join(folder, 'project') })
  const { page } = window
  await window.show('Review')
  const bar = page.getByRole('region', { name: 'View' })
  await expect(bar).toContainText('137 samples')
  await dropFile(page, grid(page), join(data, 'woods.h5'))
  if (face === 'served') {
    const notice = page.getByRole('alert').filter({ hasText: BROWSER_TELLS_NOTHING })
    await expect(notice).toContainText('Choose “Open file…” under “Samples from”')
    await picture(page, 'served-dropped-on-review')
    return
  }
  await expect(bar).toContainText(`${SAMPLES.train} samples`)
  await expect(page.getByRole('combobox', { name: 'Samples from' })).toHaveValue('woods.h5')
})
