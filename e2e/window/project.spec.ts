import { DuckDBInstance } from '@duckdb/node-api'
import { cp, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SAMPLE_DIR } from '../tools'
import { expect, test } from './fixtures'
import { ownAll } from './faces'

/** Footprints by split that DuckDB counts in the ingested granules under a limit of the relative standard error. */
async function countedByDuckdb(project: string, limit: number): Promise<{ train: number; test: number }> {
  const database = await DuckDBInstance.create(':memory:')
  const connection = await database.connect()
  const count = async (year: number): Promise<number> => {
    const reader = await connection.runAndReadAll(
      `SELECT count(DISTINCT shot_number) AS n FROM read_parquet('${project}/footprints/GEDI04_A_${year}*.parquet')
       WHERE l2_quality_flag = 1 AND l4_quality_flag = 1 AND surface_flag = 1 AND agbd > 0
         AND agbd_se::DOUBLE / agbd::DOUBLE < '${limit}'::DOUBLE AND agbd_se <> -9999 AND isfinite(agbd_se)`,
    )
    return Number(reader.getRowObjects()[0].n)
  }
  const counts = { train: await count(2020), test: await count(2021) }
  connection.closeSync()
  return counts
}

test('a new project through its dialogs, from folders to a subset', async ({ window, folder }) => {
  const { page } = window
  await mkdir(join(folder, 'data'))
  await cp(SAMPLE_DIR, join(folder, 'data', 'world'), { recursive: true })
  await ownAll(folder)
  await window.newProject('Black Forest', folder)
  await expect(page.getByRole('heading', { level: 1, name: 'Sources' })).toBeVisible()

  await window.chooseFolder(window.button('Add folder').first(), join(folder, 'data', 'world', 'gedi'))
  await expect(page.getByText('4 granules').first()).toBeVisible()
  await window.chooseFolder(window.button('Choose imagery folder'), join(folder, 'data', 'world'))
  await page.getByRole('region', { name: 'Imagery' }).getByRole('button', { name: 'Check' }).first().click()
  await expect(page.getByRole('region', { name: 'Imagery' })).toContainText('2020-06-04 to 2021-07-20')

  await window.show('Filter')
  const totals = page.getByRole('region', { name: 'Totals' })
  await expect(totals).toContainText('1,664', { timeout: 60_000 })
  const project = join(folder, 'black-forest')
  const limit = page.getByRole('textbox', { name: 'Relative standard error', exact: true })
  for (const value of [0.3, 0.42]) {
    await limit.fill(String(value))
    await limit.press('Enter')
    const { train, test: rest } = await countedByDuckdb(project, value)
    await expect(totals).toContainText(`Train${train.toLocaleString('en')}`)
    await expect(totals).toContainText(`Test${rest.toLocaleString('en')}`)
  }
  await page.keyboard.press('Escape')
  await window.button('Undo Relative standard error').click()
  const { train } = await countedByDuckdb(project, 0.3)
  await expect(totals).toContainText(`Train${train.toLocaleString('en')}`)

  await window.button('Make tables').click()
  await window.stageIs('Filter', 'done')
  const table = await readFile(join(project, 'train_combined.csv'), 'utf8')
  expect(table.trim().split('\n')).toHaveLength(train + 1)

  await window.show('Subset')
  await window.button('Draw subset').click()
  await window.stageIs('Subset', 'done')
  await expect(window.stage('Subset')).toContainText(`${train.toLocaleString('en')} train`)
  await window.stageIs('Generate', 'ready')

  await window.show('Filter')
  await limit.fill('0.5')
  await limit.press('Enter')
  await window.stageIs('Subset', 'out of date')
})
