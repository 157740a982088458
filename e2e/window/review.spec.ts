import { truncate } from 'node:fs/promises'
import type { Locator, Page } from '@playwright/test'
import { readDataset, type DatasetContent } from '../dataset'
import { allowClipboard, copiedText } from './clipboard'
import { batchFile, cutProject, SAMPLES } from './cut-project'
import { expect, test } from './fixtures'
import type { Window } from './window-page'

/** The grid of thumbnails with what is selected in it. */
class Grid {
  readonly list: Locator
  readonly samples: Locator
  readonly selected: Locator

  constructor(private readonly page: Page) {
    this.list = page.getByRole('listbox', { name: 'Samples' })
    this.samples = this.list.getByRole('option', { name: /^Shot/ })
    this.selected = this.list.getByRole('option', { selected: true })
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** Whether there are so many samples. */
  async holds(count: number): Promise<void> {
    await expect(this.page.getByRole('region', { name: 'View' })).toContainText(`${count} samples`)
  }

  /** Whether no thumbnail reaches beyond what the scroll bar leaves of the grid. */
  async fits(): Promise<void> {
    const beyond = (): Promise<number> =>
      this.list.evaluate((list) => {
        const end = list.getBoundingClientRect().left + list.clientLeft + list.clientWidth
        const samples = [...list.querySelectorAll('[role=option]')]
        return samples.filter((sample) => sample.getBoundingClientRect().right > end).length
      })
    await expect.poll(beyond).toBe(0)
  }

  /** Shot number of the selected sample. */
  async shot(): Promise<string> {
    const name = await this.selected.getAttribute('aria-label')
    return /^Shot (\d+)/.exec(name ?? '')?.[1] ?? ''
  }

  /** Whether all thumbnails that are there show a picture of the patch's own size. */
  async isDrawn(): Promise<void> {
    const widths = (): Promise<number[]> =>
      this.page.evaluate<number[]>(
        `[...document.querySelectorAll('[role=listbox] img')].map((i) => i.naturalWidth)`,
      )
    await expect.poll(async () => (await widths()).every((width) => width === 32)).toBe(true)
  }

  /** How far below the top of the grid the selected sample is, px. */
  async height(): Promise<number> {
    const [list, selected] = await Promise.all([this.list.boundingBox(), this.selected.boundingBox()])
    return Math.round((selected?.y ?? NaN) - (list?.y ?? NaN))
  }
}

async function review(window: Window): Promise<Grid> {
  await window.show('Review')
  const grid = new Grid(window.page)
  await expect(grid.samples.first()).toBeVisible({ timeout: 60_000 })
  return grid
}

const shotsOf = (content: DatasetContent): string[] =>
  Array.from(content['GEDI Shot Number'] as BigInt64Array, String)
const numbersOf = (values: DatasetContent['AGBD Values']): number[] => Array.from(values as Float32Array)

test('patches are looked at by keyboard alone', async ({ start, folder }) => {
  const { window } = await start({ project: await cutProject(folder, 'run') })
  const { page } = window
  const grid = await review(window)
  await grid.holds(137)
  await grid.isDrawn()
  await grid.fits()
  await grid.list.focus()
  await expect(grid.selected).toHaveAttribute('aria-posinset', '1')
  await grid.press('ArrowRight', 'ArrowRight', 'ArrowLeft')
  await expect(grid.selected).toHaveAttribute('aria-posinset', '2')
  await grid.press('End')
  await expect(grid.selected).toHaveAttribute('aria-posinset', '137')
  await expect(grid.selected).toBeInViewport()
  await grid.press('Home', 'PageDown')
  await expect(grid.selected).not.toHaveAttribute('aria-posinset', '1')
  const shot = await grid.shot()
  await expect(page.getByRole('region', { name: 'Selected patch' })).toContainText(shot)

  await grid.press('Enter')
  await expect(page.getByRole('dialog', { name: `Shot ${shot}` })).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('img', { name: `of shot ${shot}` })).toHaveCount(9)
  await grid.press('ArrowRight')
  const next = await grid.shot()
  expect(next).not.toBe(shot)
  await expect(page.getByRole('dialog', { name: `Shot ${next}` })).toBeVisible()
  await grid.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(grid.list).toBeFocused()
})

test('record and pixel values are those of the batch file', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  const content = await readDataset(batchFile(project, 'train'))
  const { window } = await start({ project })
  const { page } = window
  const grid = await review(window)
  await grid.list.focus()
  await grid.press('ArrowRight')
  expect(await grid.shot()).toBe(shotsOf(content)[1])
  const record = page.getByRole('region', { name: 'Selected patch' })
  const [agbd, error] = [content['AGBD Values'], content['AGBD Standard Error']].map(
    (values) => numbersOf(values)[1],
  )
  await expect(record).toContainText(`${agbd.toFixed(1)} ± ${error.toFixed(1)} Mg/ha`)
  for (const name of ['Sentinel-2 Product Name', 'CRS', 'GEDI Product Name', 'CopDEM Tile Name'] as const)
    await expect(record).toContainText(String(content[name][1]))

  await grid.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('application', { name: /Pixel probe/ }).focus()
  // From the middle of the patch to its north-west corner, and one to the south-east.
  await grid.press(...Array<string>(17).fill('ArrowLeft'), ...Array<string>(17).fill('ArrowUp'))
  await grid.press('ArrowRight', 'ArrowDown')
  await expect(dialog.getByText('Pixel in column 1, row 1.')).toBeVisible()
  const bands = content['Sentinel-2 L2A'] as Uint16Array
  for (const [band, name] of [
    [1, 'B02'],
    [7, 'B08'],
    [11, 'B12'],
  ] as const) {
    const value = bands[(12 + band) * 1024 + 32 + 1] / 10_000
    await expect(dialog.getByRole('row', { name: new RegExp(`^${name}`) })).toContainText(value.toFixed(4))
  }
})

test('digits choose the bands, wherever the focus is', async ({ start, folder }) => {
  const { window } = await start({ project: await cutProject(folder, 'run') })
  const { page } = window
  const grid = await review(window)
  await grid.isDrawn()
  const pictures = grid.list.locator('img')
  await page.keyboard.press('4')
  await expect(pictures.first()).toHaveAttribute('data-picture', / ndvi fixed /)
  await expect(page.getByRole('combobox', { name: 'Bands' })).toHaveValue(/NDVI/)
  await page.getByRole('radiogroup', { name: 'Stretch' }).getByText('Per patch').click()
  await expect(pictures.first()).toHaveAttribute('data-picture', / ndvi patch /)
  await page.keyboard.press('6')
  await expect(pictures.first()).toHaveAttribute('data-picture', / land-cover /)
  await expect(page.getByRole('radiogroup', { name: 'Stretch' }).getByRole('radio').first()).toBeDisabled()
  await grid.isDrawn()
})

test('samples are shown by split and in order', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  const agbd = numbersOf((await readDataset(batchFile(project, 'test')))['AGBD Values'])
  const { window } = await start({ project })
  const { page } = window
  const grid = await review(window)
  await page.getByRole('radiogroup', { name: 'Samples of' }).getByText('Test').click()
  await grid.holds(SAMPLES.test)
  await page.getByRole('combobox', { name: 'Order' }).click()
  await page.getByRole('option', { name: 'Biomass density' }).click()
  await window.button('Descending order').click()
  await expect(grid.samples.first()).toContainText(`${Math.max(...agbd).toFixed(0)} Mg/ha`)
  await grid.list.focus()
  await grid.press('End')
  await expect(grid.selected).toContainText(`${Math.min(...agbd).toFixed(0)} Mg/ha`)
})

test('the shot number is copied in full', async ({ start, folder }) => {
  const { window, started } = await start({ project: await cutProject(folder, 'run') })
  const grid = await review(window)
  await allowClipboard(started)
  await window.button('Copy shot number').click()
  expect(await copiedText(started)).toBe(await grid.shot())
})

test('a damaged batch file is named and the others are shown', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  const damaged = batchFile(project, 'train')
  await truncate(damaged, 50_000)
  const { window } = await start({ project })
  const { page } = window
  const grid = await review(window)
  await grid.holds(SAMPLES.test)
  await grid.isDrawn()
  await expect(page.getByText(/1 batch file cannot be read/)).toBeVisible()
  await window.button('Show details').click()
  await expect(page.getByText(damaged)).toBeVisible()
})

test('batches that are finished meanwhile leave selection and view in place', async ({ start, folder }) => {
  const project = await cutProject(folder, 'plan', '--batch-size', '10', '--workers', '2')
  const { window } = await start({ project })
  const { page } = window
  await window.show('Review')
  await expect(page.getByText('Nothing is cut yet')).toBeVisible()
  await window.button('Go to Generate').click()
  await window.button('Start').click()
  const grid = await review(window)
  // Until the view is full, samples above move those below by whole rows.
  await expect
    .poll(() => grid.list.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight))
    .toBeGreaterThan(0)
  await grid.list.focus()
  await grid.press('End')
  const [shot, height] = [await grid.shot(), await grid.height()]
  await window.stageIs('Generate', 'done')
  await grid.holds(137)
  expect(await grid.shot()).toBe(shot)
  // The last row may have been filled meanwhile, which moves what is above by less than a row.
  expect(Math.abs((await grid.height()) - height)).toBeLessThan(140)
})
