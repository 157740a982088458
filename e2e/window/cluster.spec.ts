import type { Locator } from '@playwright/test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ToyCluster, withoutSlurm } from '../toy-cluster'
import { changeSettings, CLI, cutProject, SAMPLES } from './cut-project'
import { expect, picture, test } from './fixtures'
import { looksRight } from './looks-right'
import type { Window } from './window-page'

/** Batches of 70 footprints, of which each task cuts one. */
const BATCHES = ['--batch-size', '70', '--slurm-batches', '1', '--slurm-cores', '1', '--slurm-memory', '2048']

/** A planned project. The desktop window is no command line, so there the project says where one is. */
async function plannedProject(face: string, folder: string, ...options: string[]): Promise<string> {
  const project = await cutProject(folder, 'plan', ...BATCHES, ...options)
  if (face === 'desktop') await changeSettings(project, { slurmProgram: `'${process.execPath}' '${CLI}'` })
  return project
}

async function clusterPanel(window: Window): Promise<Locator> {
  await window.show('Generate')
  return window.page.getByRole('region', { name: 'Cluster', exact: true })
}

test('tasks on a cluster are submitted, followed to the finished datasets, and not cut beside', async ({
  start,
  folder,
  face,
}) => {
  const cluster = new ToyCluster(join(folder, 'cluster'))
  try {
    cluster.hold = true
    const project = await plannedProject(face, folder)
    const { window } = await start({ project })
    const { page } = window
    const panel = await clusterPanel(window)
    await expect(panel).toContainText('Tasks cut 1 batch each')
    await looksRight(page, 'cluster-ready')

    await panel.getByRole('button', { name: 'Submit' }).click()
    const rows = panel.getByRole('table', { name: 'Tasks on the cluster' }).getByRole('row')
    await expect(rows.filter({ hasText: 'PENDING' }).first()).toBeVisible()
    await expect(rows.filter({ hasText: 'RUNNING' })).toContainText(['runs'])
    await expect(panel).toContainText(/1 task runs, \d+ wait/)
    await expect(panel.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '0')
    await looksRight(page, 'cluster-held')

    // A run of this machine would cut the same batches.
    const run = page.getByRole('region', { name: 'The run', exact: true })
    await run.getByRole('button', { name: 'Start' }).click()
    const asked = page.getByRole('dialog', { name: 'Cut beside the cluster?' })
    await expect(asked).toContainText(/tasks on the cluster that are not over \(jobs 1, 2, 3, 4\)/)
    await picture(page, 'cluster-beside')
    await asked.getByRole('button', { name: 'Leave it to the cluster' }).click()
    await expect(asked).toBeHidden()

    const lookedBefore = cluster.asked.length
    await expect.poll(() => cluster.asked.length - lookedBefore, { timeout: 60_000 }).toBeGreaterThan(3)
    cluster.hold = false
    await expect(panel.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow', '0', {
      timeout: 60_000,
    })
    await expect(rows.filter({ hasText: 'all done' }).first()).toBeVisible()
    await expect(
      page.getByRole('region', { name: 'Newest patches' }).getByRole('button').first(),
    ).toBeVisible()
    await looksRight(page, 'cluster-runs')
    await expect(panel).toContainText('All tasks are done', { timeout: 300_000 })
    await window.stageIs('Generate', 'done')
    await window.stageIs('Fuse', 'done')
    await expect(run).toContainText(`All ${SAMPLES.train + SAMPLES.test} samples cut`)
    for (const split of ['train', 'test']) expect(existsSync(join(project, `${split}_dataset.h5`))).toBe(true)
    const looks = cluster.asked.slice(lookedBefore)
    expect(looks.length).toBeGreaterThan(3)
    const pauses = looks.slice(1).map((time, i) => time - (looks[i] ?? 0))
    expect(Math.min(...pauses), 'the cluster is asked every five seconds at most').toBeGreaterThan(4900)
    await looksRight(page, 'cluster-done')

    await panel.getByRole('button', { name: 'Submit' }).click()
    await expect(panel).toContainText('Nothing is left to do.')
  } finally {
    cluster.leave()
  }
})

test('what a cluster refuses is told in place, tasks can be cancelled, and a cluster that does not answer is no empty one', async ({
  start,
  folder,
  face,
}) => {
  const cluster = new ToyCluster(join(folder, 'cluster'))
  try {
    cluster.hold = true
    const project = await plannedProject(face, folder, '--slurm-setup', 'true')
    const { window } = await start({ project })
    const { page } = window
    const panel = await clusterPanel(window)
    await expect(panel).toContainText('Tasks run what this project says')
    await expect(panel.getByRole('definition').first()).toHaveText('true')
    await panel.getByRole('button', { name: 'Show settings of tasks' }).click()
    const partition = panel.getByRole('textbox', { name: 'Partition' })
    await partition.fill('nowhere')
    await partition.press('Enter')
    await panel.getByRole('button', { name: 'Submit' }).click()
    await expect(panel.getByRole('alert')).toContainText('invalid partition specified: nowhere')
    await expect(panel.getByRole('alert')).toContainText('Change the setting that the message names')
    await looksRight(page, 'cluster-refused')
    await partition.fill('toy')
    await partition.press('Enter')
    await panel.getByRole('button', { name: 'Submit' }).click()
    await expect(panel).toContainText('1 task runs')

    cluster.down = true
    await expect(panel.getByRole('alert')).toContainText('The cluster gives no answer to squeue')
    await expect(panel).toContainText('1 task runs')
    await picture(page, 'cluster-down')
    cluster.down = false
    await expect(panel.getByRole('alert')).toBeHidden()

    await panel.getByRole('button', { name: 'Cancel tasks' }).click()
    await expect(panel).toContainText('left something to do')
    await expect(panel.getByRole('table')).toContainText('was cancelled')
    await looksRight(page, 'cluster-cancelled')
    await expect(panel.getByRole('button', { name: 'Submit' })).toBeEnabled()
  } finally {
    cluster.leave()
  }
})

test('a machine without a cluster says how one is used', async ({ start, folder }) => {
  const end = withoutSlurm(join(folder, 'no-slurm'))
  try {
    const { window } = await start({ project: await cutProject(folder, 'plan', ...BATCHES) })
    const panel = await clusterPanel(window)
    await panel.getByRole('button', { name: 'Show how to use a cluster' }).click()
    await expect(panel).toContainText('gedi-dataset slurm submit --output')
    await expect(panel).toContainText('--slurm-batches 1')
    await looksRight(window.page, 'cluster-none')
  } finally {
    end()
  }
})
