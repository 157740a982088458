import AxeBuilder from '@axe-core/playwright'
import { execFileSync } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { z } from 'zod'
import { readDataset } from '../dataset'
import { optionalTool, PYTHON } from '../tools'
import { cutProject, SAMPLES } from './cut-project'
import { ownAll } from './faces'
import { expect, picture, test } from './fixtures'
import type { Window } from './window-page'

const SCRIPT = resolve(import.meta.dirname, '../../src-worker/patches/foreign_files.py')
const factsSchema = z.object({ suspects: z.record(z.string(), z.array(z.int())) })

/** The Review step with the files that it shows. */
class Review {
  readonly bar: Locator
  readonly list: Locator

  constructor(
    private readonly page: Page,
    private readonly window: Window,
  ) {
    this.bar = page.getByRole('region', { name: 'View' })
    this.list = page.getByRole('listbox', { name: 'Samples' })
  }

  async holds(words: string): Promise<void> {
    await expect(this.bar).toContainText(words)
  }

  async from(name: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Samples from' }).click()
    await this.page.getByRole('option', { name }).click()
  }

  async orderBy(name: string): Promise<void> {
    await this.page.getByRole('combobox', { name: 'Order' }).click()
    await this.page.getByRole('option', { name, exact: true }).click()
  }

  async openFile(path: string): Promise<void> {
    if (this.window.face === 'desktop') await this.window.answerDialogs(path)
    await this.from('Open file')
    await this.window.chooseFile(path)
  }

  async filters(): Promise<Locator> {
    await this.bar.getByRole('button', { name: /^Filters/ }).click()
    const panel = this.page.getByRole('dialog', { name: /^Filters/ })
    await expect(panel).toBeVisible()
    return panel
  }

  /** Until suspects are told, thumbnails may still be named anew. */
  async isSearched(): Promise<void> {
    await expect(this.bar).not.toContainText('Looking for suspects')
  }

  /** All thumbnails show a picture, but for those that say that they cannot. */
  async isDrawn(): Promise<void> {
    const images = `[...document.querySelectorAll('[role=listbox] span:not([data-broken]) > img')]`
    const waiting = (): Promise<number> =>
      this.page.evaluate<number>(`${images}.filter((image) => image.naturalWidth !== 32).length`)
    await expect.poll(waiting).toBe(0)
  }

  async isSound(where: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page: this.page }).setLegacyMode(true).analyze()
    const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
    expect.soft(told, where).toEqual([])
  }
}

async function review(window: Window): Promise<Review> {
  await window.show('Review')
  const stage = new Review(window.page, window)
  await expect(stage.list.getByRole('option', { name: /^Shot/ }).first()).toBeVisible({ timeout: 60_000 })
  return stage
}

test('a dataset of the project is looked at, filtered and put in order', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  const agbd = Array.from(
    (await readDataset(join(project, 'train_dataset.h5')))['AGBD Values'] as Float32Array,
  )
  const { window } = await start({ project })
  const { page } = window
  const stage = await review(window)
  await stage.holds('137 samples')
  await stage.from('Train dataset')
  await stage.holds(`${SAMPLES.train} samples`)
  await expect(stage.list.locator('img').first()).toHaveAttribute('data-picture', /^train\/\d+ /)

  const panel = await stage.filters()
  await panel.getByRole('textbox', { name: 'Biomass density, from' }).fill('100')
  await page.keyboard.press('Enter')
  const kept = agbd.filter((value) => value >= 100)
  await stage.holds(`${kept.length} of ${SAMPLES.train} samples`)
  await stage.isSound('the filters')
  await picture(page, 'review-filters')
  await page.keyboard.press('Escape')
  await stage.orderBy('Biomass density')
  await expect(stage.list.getByRole('option').first()).toContainText(`${Math.min(...kept).toFixed(0)} Mg/ha`)
  await page.getByRole('button', { name: /Remove Biomass density/ }).click()
  await stage.holds(`${SAMPLES.train} samples`)
  await stage.list.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('img', { name: 'of shot' })).toHaveCount(9)
  await page.keyboard.press('Escape')

  const none = await stage.filters()
  await none.getByRole('textbox', { name: 'Biomass density, from' }).fill('100000')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByText('No sample passes the filters')).toBeVisible()
  await window.button('Remove all filters').click()
  await stage.holds(`${SAMPLES.train} samples`)
})

test('files of other programs are looked at alone', async ({ start, folder }) => {
  test.skip(!optionalTool('h5py'), 'needs h5py to write them')
  const project = await cutProject(folder, 'run')
  const foreign = join(folder, 'foreign')
  await mkdir(foreign)
  const facts = factsSchema.parse(JSON.parse(execFileSync(PYTHON, [SCRIPT, foreign], { encoding: 'utf8' })))
  await ownAll(folder)
  const { window } = await start({ project })
  const { page } = window
  const stage = await review(window)

  await stage.openFile(join(foreign, 'lzf.h5'))
  await stage.holds('60 samples')
  await expect(page.getByText('The file lacks 8 of the 17 datasets')).toBeVisible()
  await window.button('Show which').click()
  await expect(page.getByText('AGBD Raster: is missing')).toBeVisible()
  await window.button('Hide which').click()
  await stage.isSearched()
  await stage.orderBy('Suspects first')
  const first = stage.list.getByRole('option').first()
  await expect(first).toHaveAccessibleName(/suspect: green on bare ground or water, biomass on bare ground$/)
  await first.click()
  const notes = page.getByRole('region', { name: 'Selected patch' }).getByRole('list', { name: /Suspect/ })
  await expect(notes).toContainText('200 Mg/ha')
  await expect(notes).toContainText('the AGBD is above 50 Mg/ha')
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await stage.isSound(`suspects, ${scheme}`)
    await picture(page, `review-suspects-${scheme}`)
  }
  const panel = await stage.filters()
  await panel.getByRole('checkbox', { name: 'Duplicate footprint' }).check()
  await page.keyboard.press('Escape')
  await stage.holds(`${facts.suspects.duplicate.length} of 60 samples`)
  await picture(page, 'review-duplicates-dark')

  await stage.openFile(join(foreign, 'damaged.h5'))
  await stage.holds('60 samples')
  await stage.isSearched()
  const damaged = stage.list.getByRole('option', { name: /suspect: cannot be read$/ })
  await expect(damaged).toHaveCount(1)
  await expect(damaged.locator('[data-broken]')).toHaveCount(1)
  await stage.isDrawn()
  await damaged.click()
  await expect(page.getByRole('region', { name: 'Selected patch' })).toContainText('damaged')
  await picture(page, 'review-damaged-dark')
  await stage.isSound('a damaged patch')

  await stage.openFile(join(foreign, 'none.h5'))
  await expect(page.getByText('The file cannot be shown')).toBeVisible()
  await expect(page.getByText(/The file is no batch or dataset file/)).toBeVisible()
  await picture(page, 'review-none-dark')
  await window.button('Show the batches').click()
  await stage.holds('137 samples')
})
