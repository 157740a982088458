import AxeBuilder from '@axe-core/playwright'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { startImageryServer } from '../../src-worker/http/testing/imagery-server'
import { SAMPLE_DIR } from '../tools'
import { ownAll } from './faces'
import { expect, picture, test } from './fixtures'

test('imagery comes from a STAC API by its address, and from a server that is down nothing is lost', async ({
  window,
  folder,
  face,
}) => {
  const { page } = window
  const options = { folder: SAMPLE_DIR, stac: { itemsFile: join(SAMPLE_DIR, 'stac', 'items.json') } }
  const first = await startImageryServer(options)
  const port = Number(new URL(first.url).port)
  await cp(join(SAMPLE_DIR, 'gedi'), join(folder, 'gedi'), { recursive: true })
  await ownAll(folder)
  await window.newProject('From a server', folder)
  await window.chooseFolder(window.button('Add folder').first(), join(folder, 'gedi'))
  await expect(page.getByText('4 granules').first()).toBeVisible()

  const imagery = page.getByRole('region', { name: 'Imagery' })
  await imagery.getByRole('radio', { name: 'STAC API' }).check()
  const address = imagery.getByRole('textbox', { name: 'Address of the STAC API' })
  await address.fill('ftp://nowhere')
  await expect(imagery).toContainText('An address begins with https:// or http://.')
  await address.fill(`${first.url}/stac`)
  await address.press('Enter')
  await imagery.getByRole('button', { name: 'Check' }).first().click()
  await expect(imagery).toContainText(/127\.0\.0\.1:\d+, \d+ ms; sentinel-2-l2a; test read worked/)
  await picture(page, `${face}-network-sources`)
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])

  await first.close()
  await imagery.getByRole('button', { name: 'Check' }).first().click()
  await expect(imagery).toContainText(/127\.0\.0\.1:\d+ does not answer/, { timeout: 60_000 })
  await picture(page, `${face}-network-down`)

  const second = await startImageryServer({ ...options, port })
  try {
    await window.show('Generate')
    await page.getByRole('button', { name: /^Start/ }).click()
    await window.stageIs('Generate', 'done', 120_000)
    await expect(window.stage('Generate')).toContainText('137 samples')
    await expect(page.getByText(/^Requests/).first()).toBeVisible()
    await picture(page, `${face}-network-generate`)
  } finally {
    await second.close()
  }
})
