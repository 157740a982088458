import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SAMPLE_DIR } from '../tools'
import { ownAll } from './faces'
import { expect, test } from './fixtures'

const SETTINGS = { batchSize: 25 }

/** A project on a copy of the sample world, not run yet. */
async function projectIn(folder: string): Promise<{ project: string; world: string }> {
  const [project, world] = [join(folder, 'project'), join(folder, 'world')]
  await mkdir(project)
  await cp(SAMPLE_DIR, world, { recursive: true })
  const none = { train: null, test: null }
  const sources = {
    inputs: [join(world, 'gedi')],
    source: world,
    demSource: null,
    landcoverSource: null,
    combined: none,
    subset: none,
  }
  const file = {
    formatVersion: 1,
    name: 'Faulty',
    created: '',
    softwareVersion: '',
    sources,
    settings: SETTINGS,
  }
  await writeFile(join(project, 'project.json'), JSON.stringify(file))
  await ownAll(folder)
  return { project, world }
}

test('a source that vanished is named, and works again when it is back', async ({ start, folder }) => {
  const { project, world } = await projectIn(folder)
  const { window } = await start({ project })
  const { page } = window
  await window.stageIs('Sources', 'ready')
  await rename(join(world, 'sentinel-2-l2a'), join(world, 'away'))
  await window.show('Generate')
  await window.button('Start').click()
  await window.runEnds()
  await expect(page.getByRole('alert').first()).toBeVisible()
  await rename(join(world, 'away'), join(world, 'sentinel-2-l2a'))
  await window
    .button(/^(Start|Cut what failed again)$/)
    .first()
    .click()
  await window.stageIs('Generate', 'done')
  await expect(window.stage('Generate')).toContainText('137 samples')
})

test('a damaged project file is kept aside and what can be read is recovered', async ({ start, folder }) => {
  const { project, world } = await projectIn(folder)
  const text = await readFile(join(project, 'project.json'), 'utf8')
  const damaged = text.replace('"batchSize":25', '"batchSize":"many"')
  await writeFile(join(project, 'project.json'), damaged)
  const { window } = await start({ project })
  const { page } = window
  await expect(page.getByText(/damaged/i).first()).toBeVisible()
  await expect(page.getByText(join(world, 'gedi')).first()).toBeVisible()
  const kept = (await readdir(project)).find((name) => name.startsWith('project.damaged-'))
  expect(await readFile(join(project, kept ?? ''), 'utf8')).toBe(damaged)
})

test('a project of a newer version is refused in words and left as it is', async ({ window, folder }) => {
  const { project } = await projectIn(folder)
  await writeFile(join(project, 'project.json'), JSON.stringify({ formatVersion: 99 }))
  await window.chooseFolder(window.button('Open project'), project)
  await expect(window.page.getByText(/newer version/).first()).toBeVisible()
  expect(await readFile(join(project, 'project.json'), 'utf8')).toContain('99')
})

test('granules that vanished are shown in place, with a way on', async ({ start, folder }) => {
  const { project, world } = await projectIn(folder)
  await rename(join(world, 'gedi'), join(world, 'elsewhere'))
  const { window } = await start({ project })
  const { page } = window
  await window.stageIs('Sources', 'failed')
  await window.show('Sources')
  await expect(page.getByText(join(world, 'gedi')).first()).toBeVisible()
  await rename(join(world, 'elsewhere'), join(world, 'gedi'))
  await window.button(/again/i).first().click()
  await expect(page.getByText('4 granules').first()).toBeVisible()
})
