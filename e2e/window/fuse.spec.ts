import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { REFERENCE_DIR } from '../tools'
import { allowClipboard, copiedText } from './clipboard'
import { changeSettings, cutProject, SAMPLES } from './cut-project'
import { expect, test } from './fixtures'

const REFERENCE = join(REFERENCE_DIR, 'sample-expected-rejections.csv')
const SPLITS = ['train', 'test'] as const

test('a project without samples leads to where they are cut', async ({ start, folder }) => {
  const { window } = await start({ project: await cutProject(folder, 'subset') })
  await window.show('Fuse')
  await expect(window.page.getByText('Nothing is cut yet')).toBeVisible()
  await window.button('Go to Generate').click()
  await expect(window.page.getByRole('heading', { level: 1, name: 'Generate' })).toBeVisible()
})

test('what goes in and what stays out is what the reference says', async ({ start, folder }) => {
  const { window } = await start({ project: await cutProject(folder, 'batch') })
  const { page } = window
  const [, ...rejections] = (await readFile(REFERENCE, 'utf8')).trim().split(/\r?\n/)
  await window.stageIs('Generate', 'done')
  await window.stageIs('Fuse', 'ready')
  await window.show('Fuse')
  for (const split of SPLITS) {
    const ofSplit = rejections.map((line) => line.split(',')).filter(([, of]) => of === split)
    const count = (reason: string): string => String(ofSplit.filter(([, , why]) => why === reason).length)
    const table = page.getByRole('table', { name: `Footprints of the ${split} subset` })
    const number = (name: string) =>
      table
        .getByRole('row', { name: new RegExp(`^${name}`) })
        .getByRole('cell')
        .first()
    await expect(number('Goes into the dataset')).toHaveText(String(SAMPLES[split]))
    await expect(number('No scene')).toHaveText(count('no-scene'))
    await expect(number('Clouds')).toHaveText(count('scl-cloud'))
    await expect(number('Too steep')).toHaveText(count('slope'))
    await expect(number('Subset')).toHaveText(String(SAMPLES[split] + ofSplit.length))
  }

  await window.page.getByRole('main').getByRole('button', { name: 'Fuse', exact: true }).click()
  await window.stageIs('Fuse', 'done')
  await window.runEnds()
  for (const split of SPLITS) {
    const panel = page.getByRole('region', { name: split, exact: false })
    await expect(panel).toContainText(`${split}_dataset.h5`)
    await window.button(`Verify ${split} dataset`).click()
    await expect(panel).toContainText(`No faults found in ${SAMPLES[split]} samples`)
  }
})

test('faults of a damaged dataset are listed', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  const file = await open(join(project, 'test_dataset.h5'), 'r+')
  const { size } = await file.stat()
  await file.write(Buffer.alloc(4000, 0xff), 0, 4000, Math.floor(size / 2))
  await file.close()
  const { window } = await start({ project })
  await window.show('Fuse')
  await window.button('Verify test dataset').click()
  const alert = window.page.getByRole('region', { name: 'Test' }).getByRole('alert')
  await expect(alert).toContainText(/faults? found/)
  await expect(alert.getByRole('listitem').first()).toBeVisible()
  await window.button('Fuse again').click()
  await window.stageIs('Fuse', 'done')
  await window.runEnds()
  await window.button('Verify test dataset').click()
  await expect(
    window.page.getByText(`No faults found in ${SAMPLES.test} samples`, { exact: false }),
  ).toBeVisible()
})

test('samples of other settings are cut anew only when that is wanted', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  await changeSettings(project, { maxCloudCover: 20 })
  const { window } = await start({ project })
  const { page } = window
  await window.stageIs('Fuse', 'out of date')
  await window.show('Fuse')
  await expect(page.getByText(/Out of date: the samples changed since/).first()).toBeVisible()
  await window.button('Cut and fuse').click()
  await window.button('Keep the samples').click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByText('47 samples', { exact: false }).first()).toBeVisible()
  await window.button('Cut and fuse').click()
  await window.button('Remove and go on').click()
  await window.stageIs('Fuse', 'done')
  await expect(window.stage('Fuse')).toContainText('35 train, 90 test')
})

test('the command line that makes the same datasets is copied', async ({ start, folder }) => {
  const project = await cutProject(folder, 'run')
  await changeSettings(project, { batchSize: 30 })
  const { window, started } = await start({ project })
  await window.show('Fuse')
  await allowClipboard(started)
  await window.button('Copy as command line').click()
  await expect(window.button('Copied')).toBeVisible()
  const copied = await copiedText(started)
  expect(copied).toContain(`--output ${project}`)
  expect(copied).toContain('--batch-size 30')
})
