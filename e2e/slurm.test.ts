import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { SPLITS } from '../src-shared/footprint/footprint'
import { readJobs } from '../src-main/slurm/jobs-file'
import { taskStates } from '../src-main/slurm/slurm-commands'
import { isActive } from '../src-main/slurm/submit'
import { gediDataset, onSample, temporaryFolder } from './command-line'

const folder = temporaryFolder('slurm')
const FLAGS = ['--max-size-training', '150', '--max-size-test', '100', '--batch-size', '20']
const CLUSTER = ['--slurm-batches', '1', '--slurm-cores', '1', '--slurm-memory', '2048']
const project = join(folder, 'cluster')
const local = join(folder, 'local')
/** Tasks share the cores with whatever else runs here. */
const LONGEST_MS = 300_000

/** Waits until nothing of the project waits or runs on the cluster. */
async function untilOver(): Promise<void> {
  const patience = AbortSignal.timeout(LONGEST_MS)
  const jobs = (await readJobs(project)).map(({ id }) => id)
  while ((await taskStates(jobs)).some(isActive)) await wait(500, null, { signal: patience })
}

/** Kills the first task of an array that runs. */
async function killRunning(job: number): Promise<void> {
  const patience = AbortSignal.timeout(LONGEST_MS)
  for (;;) {
    const states = await taskStates([job])
    const running = states.find(({ state }) => state === 'RUNNING')
    if (running !== undefined)
      execFileSync('scancel', ['--signal=KILL', '--full', `${job}_${running.task ?? 0}`])
    if (running !== undefined || !states.some(isActive)) return
    await wait(100, null, { signal: patience })
  }
}

/** Words of `slurm` commands on the sample. */
function slurm(command: string): string[] {
  const [, ...rest] = onSample('run', project, ...FLAGS, ...CLUSTER)
  return ['slurm', command, ...rest]
}

beforeAll(() => {
  process.env.SOURCE_DATE_EPOCH = '1600000000'
})

/** Whether there is a cluster for the test: `own` for one of this machine alone, whose daemon it may kill. */
const CLUSTER_HERE = process.env.SLURM_TEST ?? ''

describe.skipIf(CLUSTER_HERE === '')('a project on a Slurm cluster', { timeout: 900_000 }, () => {
  it('becomes the same datasets as on one machine, though a task was killed and the node was gone for a while', async () => {
    expect(await gediDataset(...onSample('run', local, ...FLAGS))).toMatchObject({ status: 0 })

    const submitted = await gediDataset(...slurm('submit'))
    expect(submitted).toMatchObject({ status: 0 })
    const arrays = (await readJobs(project)).filter((job) => job.kind === 'array')
    const tasks = arrays.reduce((sum, job) => sum + job.tasks.length, 0)
    expect(tasks).toBeGreaterThanOrEqual(6)

    // A second submission finds the first.
    expect(await gediDataset('slurm', 'submit', '--output', project)).toMatchObject({
      status: 1,
      err: expect.stringContaining('are not over') as unknown,
    })

    // A task that waits is taken away, one that runs is killed; the daemon of the node dies and comes back.
    const [train, test] = arrays
    const lost = train.tasks.at(-1)
    if (lost === undefined) throw new Error('there is no task')
    execFileSync('scancel', [`${train.id}_${lost.task}`])
    await killRunning(test.id)
    if (CLUSTER_HERE === 'own') {
      execFileSync('pkill', ['-KILL', '-x', 'slurmd'])
      await wait(1000)
      execFileSync('slurmd')
    }
    await untilOver()
    const status = await gediDataset('slurm', 'status', '--output', project)
    expect(status.out).toContain(
      `${train.id}_${lost.task} train, batches ${lost.first}-${lost.last} (0 done): CANCELLED`,
    )
    expect(readdirSync(project)).not.toContain('train_dataset.h5')

    // Only what is missing is submitted again.
    const again = await gediDataset('slurm', 'submit', '--output', project)
    expect(again).toMatchObject({ status: 0 })
    expect(again.out).toMatch(/: train, 1 task\n/)
    await untilOver()
    for (const split of SPLITS) {
      const name = `${split}_dataset.h5`
      expect(readFileSync(join(project, name)).equals(readFileSync(join(local, name)))).toBe(true)
    }
    expect((await gediDataset('slurm', 'status', '--output', project)).out).not.toMatch(
      /PENDING|RUNNING|FAILED/,
    )
    expect((await gediDataset('slurm', 'submit', '--output', project)).out).toMatch(/Nothing is left to do/)
  })

  it('is told what Slurm refuses, and what was submitted can be cancelled', async () => {
    const [, ...rest] = onSample('run', join(folder, 'refused'), ...FLAGS)
    expect(await gediDataset('slurm', 'submit', ...rest, '--slurm-partition', 'nowhere')).toMatchObject({
      status: 1,
      err: expect.stringMatching(/partition/i) as unknown,
    })
  })
})

describe('without a cluster', () => {
  it('scripts are printed, and submitting says that Slurm is not here', async () => {
    const output = join(folder, 'scripts')
    const [, ...rest] = onSample('run', output, ...FLAGS)
    const printed = await gediDataset('slurm', 'script', ...rest, ...CLUSTER, '--slurm-time', '4:00:00')
    expect(printed).toMatchObject({ status: 0 })
    expect(printed.out).toContain('#SBATCH --time=4:00:00')
    expect(printed.out).toContain('#SBATCH --array=0-')
    const path = process.env.PATH
    process.env.PATH = join(folder, 'no-programs')
    try {
      expect(await gediDataset('slurm', 'submit', '--output', output)).toMatchObject({
        status: 1,
        err: expect.stringContaining('There is no sbatch here') as unknown,
      })
    } finally {
      process.env.PATH = path
    }
  })
})
