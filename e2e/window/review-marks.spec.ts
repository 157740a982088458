import AxeBuilder from '@axe-core/playwright'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { reviewFileSchema } from '../../src-shared/review/marks'
import { readDataset } from '../dataset'
import { cutProject, SAMPLES } from './cut-project'
import { ownAll } from './faces'
import { expect, picture, test } from './fixtures'
import type { Window } from './window-page'

/** What journeys look at in Review. */
class Marks {
  readonly grid: Locator
  readonly bar: Locator
  readonly selected: Locator
  readonly active: Locator

  constructor(private readonly page: Page) {
    this.grid = page.getByRole('listbox', { name: 'Samples' })
    this.bar = page.getByRole('region', { name: 'Marks' })
    this.selected = this.grid.getByRole('option', { selected: true })
    this.active = this.grid.locator('[data-active]')
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  option(place: number): Locator {
    return this.grid.locator(`[aria-posinset="${place}"]`)
  }

  async shot(place: number): Promise<string> {
    const name = await this.option(place).getAttribute('aria-label')
    return /^Shot (\d+)/.exec(name ?? '')?.[1] ?? ''
  }
}

/** Reaches the grid by the keyboard alone. */
async function review(window: Window): Promise<Marks> {
  const { page } = window
  await page.keyboard.press('Control+5')
  const marks = new Marks(page)
  await expect(marks.option(1)).toHaveAccessibleName(/^Shot/, { timeout: 60_000 })
  for (let tabs = 0; tabs < 60; tabs++) {
    if (await marks.grid.evaluate((grid) => grid === document.activeElement)) return marks
    await page.keyboard.press('Tab')
  }
  throw new Error('the grid is not reached')
}

async function shotsOf(project: string): Promise<string[]> {
  const content = await readDataset(join(project, 'train_dataset.h5'))
  return Array.from(content['GEDI Shot Number'] as BigInt64Array, String)
}

/** @param unasked rules that are not looked at */
async function noViolations(page: Page, ...unasked: string[]): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).disableRules(unasked).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
}

/** Switches the colours and waits until they are. */
async function inScheme(page: Page, scheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme)
  const moving = (): Promise<number> =>
    page.evaluate<number>(`document.getAnimations().filter((each) => each.playState === 'running').length`)
  await expect.poll(moving, { intervals: [200] }).toBe(0)
}

test('excluded samples stay out of the fused file, by keyboard alone', async ({ start, folder, face }) => {
  const project = await cutProject(folder, 'run')
  const before = await shotsOf(project)
  const { window } = await start({ project })
  const { page } = window
  await window.stageIs('Fuse', 'done')
  const marks = await review(window)
  await marks.press('4')
  await expect(page.getByRole('combobox', { name: 'Bands' })).toHaveValue(/NDVI/)
  await marks.press('2')
  await expect(page.getByRole('combobox', { name: 'Bands' })).not.toHaveValue(/NDVI/)

  await marks.press('Home', 'ArrowRight', 'x')
  await expect(marks.option(2)).toHaveAccessibleName(/Excluded$/)
  await marks.press('ArrowRight', 'x', 'ArrowRight', 'x')
  await expect(marks.bar).toContainText('0 kept, 3 excluded')
  await expect(marks.bar.getByRole('status')).toHaveText('1 sample excluded')
  const shots = await Promise.all([2, 3, 4].map((place) => marks.shot(place)))
  await marks.press('Control+z')
  await expect(marks.bar).toContainText('0 kept, 2 excluded')
  await expect(marks.bar.getByRole('status')).toHaveText('Undone: Exclude 1 sample')
  await expect(marks.option(4)).not.toHaveAccessibleName(/Excluded/)
  for (const scheme of ['light', 'dark'] as const) {
    await inScheme(page, scheme)
    await picture(page, `${face}-${scheme}-review-marks`)
    await noViolations(page)
  }
  await window.stageIs('Fuse', 'out of date')

  await page.keyboard.press('Control+6')
  await expect(page.getByText(/2 samples excluded since/).first()).toBeVisible()
  const table = page.getByRole('table', { name: 'Footprints of the train subset' })
  await expect(
    table
      .getByRole('row', { name: /^Excluded in Review/ })
      .getByRole('cell')
      .first(),
  ).toHaveText('2')
  await expect(
    table
      .getByRole('row', { name: /^Goes into/ })
      .getByRole('cell')
      .first(),
  ).toHaveText(String(before.length - 2))
  for (const scheme of ['light', 'dark'] as const) {
    await inScheme(page, scheme)
    await picture(page, `${face}-${scheme}-fuse-marks`)
    await noViolations(page)
  }
  await page.getByRole('main').getByRole('button', { name: 'Fuse again' }).focus()
  await page.keyboard.press('Enter')
  await window.stageIs('Fuse', 'done')
  await window.runEnds()
  expect(await shotsOf(project)).toEqual(before.filter((shot) => shot !== shots[0] && shot !== shots[1]))
})

test('many are marked at once, with reasons, and it is all there after a reload', async ({
  start,
  folder,
}) => {
  const project = await cutProject(folder, 'run')
  const { window } = await start({ project })
  const { page } = window
  const marks = await review(window)
  await marks.press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowLeft')
  await expect(marks.bar).toContainText('3 selected')
  await expect(marks.selected).toHaveCount(3)
  await marks.bar.getByRole('button', { name: 'Reason of what is selected' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitemcheckbox', { name: 'Haze' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitemcheckbox', { name: 'Haze' })).toHaveAttribute('aria-checked', 'true')
  // An open menu lies beside the landmarks of the page.
  await noViolations(page, 'region')
  await page.keyboard.press('Escape')
  for (const place of [1, 2, 3]) await expect(marks.option(place)).toHaveAccessibleName(/Excluded: haze$/)

  // What is hovered is not what keys act on.
  await marks.option(7).click({ modifiers: ['ControlOrMeta'] })
  await marks.option(9).hover()
  await expect(marks.bar).toContainText('4 selected')
  await marks.press('p')
  await expect(marks.bar).toContainText('4 kept, 0 excluded')
  await expect(marks.option(9)).not.toHaveAccessibleName(/Kept/)
  await expect(window.button('Undo Keep 4 samples')).toBeVisible()

  await marks.grid.focus()
  await marks.press('Control+a')
  await expect(marks.bar).toContainText('137 selected')
  await marks.press('x')
  await expect(marks.bar).toContainText('0 kept, 137 excluded')
  await marks.press('Control+z')
  await expect(marks.bar).toContainText('4 kept, 0 excluded')
  await marks.press('Control+Shift+z', 'Control+z', 'Control+z')
  await expect(marks.bar).toContainText('0 kept, 3 excluded')

  await page.reload()
  await expect(marks.option(3)).toHaveAccessibleName(/Excluded: haze$/, { timeout: 60_000 })
  const { marks: kept } = reviewFileSchema.parse(
    JSON.parse(await readFile(join(project, 'review.json'), 'utf8')),
  )
  expect(kept.map(({ mark, reasons }) => [mark, ...reasons])).toEqual(Array(3).fill(['exclude', 'haze']))
})

test('a mark shows within a frame, and acts on the patch that is shown large', async ({ start, folder }) => {
  const { window } = await start({ project: await cutProject(folder, 'run') })
  const { page } = window
  const marks = await review(window)
  await marks.press('Home', 'Shift+ArrowRight')
  // From the key to the second frame after it, in which the mark is drawn at the latest.
  const shown = await page.evaluate<boolean>(`new Promise((done) => {
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }))
    requestAnimationFrame(() => done(document.querySelectorAll('[role=option][data-mark=exclude]').length === 2))
  })`)
  expect(shown).toBe(true)
  await marks.press('Enter', 'ArrowRight', 'p')
  await expect(page.getByText('Kept', { exact: true }).last()).toBeVisible()
  await noViolations(page, 'region')
  await picture(page, 'review-marks-large')
  await marks.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(marks.bar).toContainText('1 kept, 2 excluded')
  await expect(marks.option(3)).toHaveAccessibleName(/Kept$/)
})

test('marks that do not apply are listed, and a damaged file is kept aside', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  const mark = {
    split: 'train',
    batch: 0,
    row: 3,
    shotNumber: '123',
    mark: 'exclude',
    reasons: [],
    time: '2026-01-02T03:04:05.678Z',
    batchFile: { bytes: 1, key: 'older' },
  }
  await writeFile(
    join(project, 'review.json'),
    JSON.stringify({ formatVersion: 1, marks: [mark, { ...mark, mark: 'maybe' }] }),
  )
  await ownAll(folder)
  const { window } = await start({ project })
  const { page } = window
  const marks = await review(window)
  await expect(page.getByText('The file with the marks was damaged.')).toBeVisible()
  expect((await readdir(project)).filter((name) => name.startsWith('review.damaged'))).toHaveLength(1)
  await expect(page.getByText('1 mark does not apply: the batch was cut again since.')).toBeVisible()
  await window.button('Show marks').click()
  await expect(
    page.getByText('Exclude, train batch 0, row 3, shot 123: the batch is another now'),
  ).toBeVisible()
  await noViolations(page)
  await picture(page, 'review-marks-unmatched')
  await page.keyboard.press('Control+6')
  await expect(page.getByText('1 mark does not apply', { exact: false })).toBeVisible()
  await page.keyboard.press('Control+5')
  await window.button('Forget these marks').click()
  await expect(page.getByText('1 mark does not apply', { exact: false })).toHaveCount(0)
  await expect(marks.bar).toContainText('0 kept, 0 excluded')
})

test('samples are filtered by their marks', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  const { window } = await start({ project })
  const { page } = window
  const marks = await review(window)
  await marks.press('Home', 'ArrowRight', 'x', 'ArrowRight', 'x', 'ArrowRight', 'p')
  await expect(marks.bar).toContainText('1 kept, 2 excluded')
  const excluded = await Promise.all([2, 3].map((place) => marks.shot(place)))
  const view = page.getByRole('region', { name: 'View' })
  await view.getByRole('button', { name: /^Filters/ }).click()
  const panel = page.getByRole('dialog', { name: /^Filters/ })
  const choose = async (name: string): Promise<void> => {
    await panel.getByRole('combobox', { name: 'Mark of the review' }).click()
    await page.getByRole('option', { name, exact: true }).click()
  }
  await choose('Excluded')
  await expect(view).toContainText(/\b2 of \d+/)
  expect(await Promise.all([1, 2].map((place) => marks.shot(place)))).toEqual(excluded)
  await choose('Not marked')
  const all = SAMPLES.train + SAMPLES.test
  await expect(view).toContainText(`${all - 3} of ${all} samples`)
})
