import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { gediDataset, onSample, temporaryFolder } from './command-line'
import { ToyCluster, withoutSlurm } from './toy-cluster'

const folder = temporaryFolder('beside')
const project = join(folder, 'project')
const FLAGS = [
  '--max-size-training',
  '20',
  '--max-size-test',
  '20',
  '--slurm-cores',
  '1',
  '--slurm-memory',
  '2048',
]
const cluster = new ToyCluster(join(folder, 'cluster'))

const run = (...more: string[]): ReturnType<typeof gediDataset> =>
  gediDataset('run', '--output', project, ...more)

beforeAll(async () => {
  cluster.hold = true
  const [, ...rest] = onSample('run', project, ...FLAGS)
  expect(await gediDataset('slurm', 'submit', ...rest)).toMatchObject({
    status: 0,
    out: expect.stringContaining('job 1: train, 1 task') as unknown,
  })
})

afterEach(() => {
  cluster.down = false
})

afterAll(() => cluster.leave())

it('a run beside tasks on a cluster is refused, with the jobs named, unless it is told otherwise', async () => {
  const refused = await run()
  expect(refused.status).toBe(1)
  expect(refused.err).toMatch(/4 tasks on the cluster that are not over \(jobs 1, 2, 3, 4\)/)
  expect(refused.err).toContain('--beside-jobs')
  expect(await gediDataset('plan', '--output', project)).toMatchObject({ status: 1 })
  // What the jobs themselves do is no run beside them.
  expect(await gediDataset('fuse', '--only-finished', '--output', project)).toMatchObject({ status: 0 })
  expect(await run('--beside-jobs')).toMatchObject({ status: 0 })
})

it('a cluster that does not answer is not taken for one without tasks', async () => {
  cluster.down = true
  for (const words of [['run'], ['slurm', 'status'], ['slurm', 'submit'], ['slurm', 'cancel']]) {
    const { status, err } = await gediDataset(...words, '--output', project)
    expect(status, words.join(' ')).toBe(1)
    expect(err, words.join(' ')).toMatch(
      /The cluster gives no answer to squeue: squeue: fatal: Unable to process/,
    )
  }
})

it('where there is no Slurm to ask, a run goes on and says what might happen', async () => {
  const end = withoutSlurm(join(folder, 'no-slurm'))
  try {
    expect(await run()).toMatchObject({
      status: 0,
      err: expect.stringContaining(
        'submitted to a cluster that cannot be asked from here (last job 4)',
      ) as unknown,
    })
  } finally {
    end()
  }
})

it('when the tasks are over a run needs no permission', async () => {
  expect(await gediDataset('slurm', 'cancel', '--output', project)).toMatchObject({
    out: '4 tasks of 4 jobs ended.\n',
  })
  rmSync(join(project, 'test_dataset.h5'))
  const end = Date.now() + 30_000
  let last = await run()
  while (last.status !== 0 && Date.now() < end) last = await run()
  expect(last).toMatchObject({ status: 0 })
})
