import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { SAMPLE_DIR } from '../tools'
import { cutProject } from './cut-project'
import { dropFile } from './drop-file'
import { ownAll } from './faces'
import { expect, test } from './fixtures'

test.skip(({ face }) => face !== 'desktop', 'a browser does not tell where files lie')

test('a project folder that is dropped on the start screen opens', async ({ window, folder }) => {
  const project = await cutProject(folder, 'run')
  const { page } = window
  await expect(window.button('Open sample project')).toBeEnabled()
  await dropFile(page, page.getByRole('main'), project)
  await window.stageIs('Fuse', 'done')
})

test('folders that are dropped on Sources are taken for granules, on the imagery for imagery', async ({
  window,
  folder,
}) => {
  const { page } = window
  const world = join(folder, 'data', 'world')
  await mkdir(join(folder, 'data'))
  await cp(SAMPLE_DIR, world, { recursive: true })
  await ownAll(folder)
  await window.newProject('Dropped', folder)
  await expect(page.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible()
  await dropFile(page, page.getByRole('region', { name: 'GEDI' }).first(), join(world, 'gedi'))
  await expect(page.getByText('4 granules').first()).toBeVisible()
  const imagery = page.getByRole('region', { name: 'Imagery' })
  await dropFile(page, imagery, world)
  await expect(imagery).toContainText(world)
  await imagery.getByRole('button', { name: 'Check' }).first().click()
  await expect(imagery).toContainText('2020-06-04 to 2021-07-20')
  await expect(page.getByText('4 granules').first()).toBeVisible()
})
