import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readDataset } from '../dataset'
import { expect, test } from './fixtures'

test('the sample goes from the start screen to finished datasets', async ({ window, folder }) => {
  const { page } = window
  const started = Date.now()
  await window.openSample()
  const newest = page.getByRole('list', { name: 'Newest patches, newest first' })
  await expect(newest.locator('img').first()).toBeVisible({ timeout: 60_000 })
  test.info().annotations.push({ type: 'first patch', description: `${Date.now() - started} ms` })
  await window.stageIs('Generate', 'done')
  await expect(window.stage('Generate')).toContainText('137 samples')

  await window.show('Fuse')
  await window.button(/^Fuse/).click()
  await window.stageIs('Fuse', 'done')
  await expect(window.stage('Fuse')).toContainText('47 train, 90 test')
  await window.button('Verify test dataset').click()
  await expect(page.getByText(/90 samples/).first()).toBeVisible()

  const project = await sampleFolder(join(folder, 'home'))
  const dataset = await readDataset(join(project, 'test_dataset.h5'))
  expect(dataset['GEDI Shot Number']).toHaveLength(90)
})

/** The sample project below the folder in which the program keeps what belongs to a person. */
async function sampleFolder(home: string): Promise<string> {
  const names = await readdir(home, { recursive: true })
  const found = names.find((name) => name.endsWith('sample-project/project.json'))
  if (found === undefined) throw new Error(`no sample project below ${home}`)
  return join(home, found, '..')
}

test('a reload of the window touches neither run nor place', async ({ window }) => {
  const { page } = window
  await window.openSample()
  await expect(page.getByRole('region', { name: 'Running job' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Generate' })).toBeVisible()
  await window.stageIs('Generate', 'done')
  await expect(window.stage('Generate')).toContainText('137 samples')
})

test('a cancelled run goes on where it stopped', async ({ window }) => {
  const { page } = window
  await window.openSample()
  await window.button('Cancel run').click()
  await window.runEnds(10_000)
  await window.show('Generate')
  await window.button('Start').click()
  await window.button('Pause run').click()
  await expect(window.button('Resume run')).toBeEnabled({ timeout: 30_000 })
  await window.button('Resume run').click()
  await window.stageIs('Generate', 'done')
  await expect(window.stage('Generate')).toContainText('137 samples')
  await expect(page.getByRole('alert')).toHaveCount(0)
})
