import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SPLITS, type Split } from '../src-shared/footprint/footprint'
import { readJobs } from '../src-main/slurm/jobs-file'
import { clusterNodes, Hold, loseNode, ownNode, restartNode, returnNode, until, untilOver } from './cluster'
import { gediDataset, onSample, temporaryFolder, type Finished } from './command-line'

const folder = temporaryFolder('slurm')
/** Three batches a split (the sample leaves 50 footprints of 150 for train): six tasks, of one batch each. */
const FLAGS = ['--max-size-training', '150', '--max-size-test', '60', '--batch-size', '20']
const CLUSTER = ['--slurm-batches', '1', '--slurm-cores', '1', '--slurm-memory', '2048']
const local = join(folder, 'local')
const LAST_TEST = 'batches/test/batch_20_2.h5'
const node = ownNode()

/** Words of `slurm submit` on the sample, for a project that is new. */
function newSubmit(project: string, ...more: string[]): string[] {
  const [, ...rest] = onSample('run', project, ...FLAGS, ...CLUSTER, ...more)
  return ['slurm', 'submit', ...rest]
}

const status = async (project: string): Promise<string> =>
  (await gediDataset('slurm', 'status', '--output', project)).out

const submit = (project: string, ...more: string[]): Promise<Finished> =>
  gediDataset('slurm', 'submit', '--output', project, ...more)

function expectSame(project: string, splits: readonly Split[] = SPLITS): void {
  for (const split of splits) {
    const name = `${split}_dataset.h5`
    expect(readFileSync(join(project, name)).equals(readFileSync(join(local, name))), name).toBe(true)
  }
}

/** A run of this machine that stopped before the last test batch, moved to another folder. */
function stoppedRun(project: string): string {
  cpSync(local, project, { recursive: true })
  rmSync(join(project, 'test_dataset.h5'))
  rmSync(join(project, LAST_TEST))
  return project
}

/** The job that cuts test batches, as it was submitted last. */
async function testJob(project: string): Promise<number> {
  const job = (await readJobs(project)).findLast(({ kind, split }) => kind === 'array' && split === 'test')
  if (job === undefined) throw new Error('no task was submitted')
  return job.id
}

describe.skipIf(clusterNodes().length === 0)('a project on a Slurm cluster', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    process.env.SOURCE_DATE_EPOCH = '1600000000'
    expect(await gediDataset(...onSample('run', local, ...FLAGS))).toMatchObject({ status: 0 })
  })

  it('is submitted once where two submit at the same moment, and becomes the same datasets as on one machine, though a task and the daemon of the node were killed', async () => {
    const project = join(folder, 'cluster')
    const hold = new Hold(join(folder, 'hold-cluster'))
    const words = newSubmit(project, '--slurm-setup', hold.setup('batches/train/batch_20_1.h5'))
    const both = await Promise.all([gediDataset(...words), gediDataset(...words)])
    expect(both.map((one) => one.status).sort()).toEqual([0, 1])
    const refused = both.find((one) => one.status === 1)
    expect(refused?.err).toMatch(/in use by process|are not over/)
    const arrays = (await readJobs(project)).filter((job) => job.kind === 'array')
    expect(arrays.map(({ tasks }) => tasks.length)).toEqual([3, 3])

    await hold.untilHeld()
    expect(await submit(project)).toMatchObject({
      status: 1,
      err: expect.stringContaining('are not over') as unknown,
    })
    expect(await gediDataset('run', '--output', project)).toMatchObject({
      status: 1,
      err: expect.stringMatching(
        new RegExp(`are not over \\(jobs .*\\b${arrays[0].id}\\b.*--beside-jobs`),
      ) as unknown,
    })
    if (node !== null) await restartNode()
    hold.end()
    execFileSync('scancel', ['--signal=KILL', '--full', `${arrays[0].id}_1`])
    await untilOver(project)
    const ended = await status(project)
    expect(ended).toMatch(/train: 2 of 3 batches/)
    expect(ended).toMatch(new RegExp(`${arrays[0].id}_1 train, batches 1-1 \\(0 done\\): CANCELLED`))
    expect(ended).toMatch(/fuse train: CANCELLED \(DependencyNeverSatisfied\)/)
    expectSame(project, ['test'])

    // Only what is missing is submitted again.
    expect((await submit(project)).out).toMatch(/: train, 1 task\njob \d+: fuse train\n$/)
    await untilOver(project)
    expectSame(project)
    expect(await status(project)).not.toMatch(/PENDING|RUNNING|FAILED|CANCELLED/)
    expect((await submit(project)).out).toMatch(/Nothing is left to do/)
  })

  it('goes on after a task ran out of time in the middle of a batch, on the cluster or on one machine', async () => {
    const project = stoppedRun(join(folder, 'timed'))
    const hold = new Hold(join(folder, 'hold-timed'))
    const options = [...CLUSTER, '--slurm-setup', hold.setup(LAST_TEST), '--slurm-time', '10']
    expect((await submit(project, ...options)).out).toMatch(/: test, 1 task\n/)
    await hold.untilHeld()
    // Slurm's shortest limit is a minute; moving the end comes to the same within half of one.
    execFileSync('scontrol', ['update', `JobId=${await testJob(project)}`, 'EndTime=now'])
    hold.end()
    await untilOver(project)
    expect(await status(project)).toMatch(/ test, batches 5-5 \(0 done\): (TIMEOUT|FAILED|CANCELLED)/)
    expect(await gediDataset('run', '--output', project)).toMatchObject({ status: 0 })
    expectSame(project)
  })

  it('is told what Slurm refuses, and stays as it was', async () => {
    const project = stoppedRun(join(folder, 'refused'))
    expect(await submit(project, ...CLUSTER, '--slurm-partition', 'nowhere')).toMatchObject({
      status: 1,
      err: expect.stringMatching(/Slurm refused the job.*partition/i) as unknown,
    })
    expect(await readJobs(project)).toEqual([])
    expect(await status(project)).toMatch(/test: 2 of 3 batches/)
  })

  it('is cancelled, and jobs that nobody noted are known too', async () => {
    const project = stoppedRun(join(folder, 'cancelled'))
    expect(await submit(project, ...CLUSTER, '--slurm-setup', 'sleep 600')).toMatchObject({ status: 0 })
    const job = await testJob(project)
    rmSync(join(project, 'slurm', 'jobs.json'))
    expect((await submit(project)).err).toContain(`${job}`)
    expect((await gediDataset('slurm', 'cancel', '--output', project)).out).toBe('2 tasks of 2 jobs ended.\n')
  })

  describe.skipIf(node === null)('of this machine alone', () => {
    const disk = join(folder, 'disk')

    it('goes on after its node was lost: by itself, or submitted again where tasks are not to be started anew', async () => {
      const [anew, once] = ['anew', 'once'].map((name) => stoppedRun(join(folder, name)))
      const holds = [anew, once].map((project) => new Hold(`${project}-hold`))
      for (const [i, project] of [anew, once].entries()) {
        const directives = i === 0 ? [] : ['--slurm-directives=--no-requeue']
        await submit(project, ...CLUSTER, '--slurm-setup', holds[i].setup(LAST_TEST), ...directives)
      }
      for (const hold of holds) await hold.untilHeld()
      for (const hold of holds) hold.end()
      loseNode(node ?? '')
      try {
        await until('the task waits', async () => (await status(anew)).includes('PENDING'))
        expect(await status(once)).toMatch(/ test, batches 5-5 \(0 done\): NODE_FAIL/)
      } finally {
        returnNode(node ?? '')
      }
      await untilOver(once)
      expect((await submit(once)).out).toMatch(/: test, 1 task\n/)
      for (const project of [anew, once]) {
        await untilOver(project)
        expectSame(project)
      }
    })

    it('goes on after a task filled the disk', async () => {
      mkdirSync(disk)
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk])
      const project = stoppedRun(join(disk, 'full'))
      const filler = join(disk, 'filler')
      const isFull = join(folder, 'disk-is-full')
      const setup = `until [ -e ${isFull} ]; do sleep 0.1; done`
      expect(await submit(project, ...CLUSTER, '--slurm-setup', setup)).toMatchObject({ status: 0 })
      // Room for what the task prints, but not for a batch.
      const { bavail, bsize } = statfsSync(disk)
      writeFileSync(filler, Buffer.alloc(bavail * bsize - 64 * 1024))
      writeFileSync(isFull, '')
      const log = join(project, 'slurm', 'logs', `test-${await testJob(project)}_2.txt`)
      await untilOver(project)
      expect(readFileSync(log, 'utf8')).toMatch(/disk is full/)
      expect(await status(project)).toMatch(/ test, batches 5-5 \(0 done\): FAILED/)
      rmSync(filler)
      expect((await submit(project)).out).toMatch(/: test, 1 task\n/)
      await untilOver(project)
      expectSame(project)
    })

    afterAll(() => {
      execFileSync('umount', ['--lazy', disk])
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
    expect(printed.out).toContain('#SBATCH --array=0-2')
    const path = process.env.PATH
    process.env.PATH = join(folder, 'no-programs')
    try {
      expect(await gediDataset('slurm', 'submit', '--output', output)).toMatchObject({
        status: 1,
        err: expect.stringContaining('There is no Slurm here') as unknown,
      })
    } finally {
      process.env.PATH = path
    }
  })
})
