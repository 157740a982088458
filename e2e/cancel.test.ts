import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { onSample, temporaryFolder } from './command-line'
import { projectContent } from './crash/project-content'
import { goneWith, processesWith } from './crash/processes'
import { startMarked, type Marked } from './crash/trial'

const folder = temporaryFolder('cancel')
const planned = join(folder, 'planned')
const whole = join(folder, 'whole')
const flags = ['--batch-size', '25', '--workers', '2', '--max-size-training', '150', '--max-size-test', '100']
const begin = (output: string): Marked => startMarked(onSample('run', output, ...flags))

/** A copy of the project that is planned. @returns its folder */
function copyOfPlanned(name: string): string {
  const copy = join(folder, name)
  cpSync(planned, copy, { recursive: true, preserveTimestamps: true })
  return copy
}

/** Two seconds are promised; the rest is for a machine that has other things to do. */
const LIMIT_MS = 4000

/** Sends a command a signal, or two, and waits until it and all its processes have ended. */
async function cancelled({ command, mark }: Marked, signal: NodeJS.Signals, twice = false): Promise<void> {
  const asked = performance.now()
  const heard = command.shows('press Ctrl-C again')
  command.signal(signal)
  await heard
  if (twice) command.signal(signal)
  expect(await command.finished).toMatchObject({ status: 130 })
  expect(performance.now() - asked).toBeLessThan(LIMIT_MS)
  await goneWith(mark, LIMIT_MS)
}

/** Keeps the workers of a command from ever answering, once there are some. */
async function stopWorkers({ mark }: Marked): Promise<void> {
  // One that has not begun as what it is yet cannot be stopped without its parent, which waits for that.
  const isWorker = (pid: number): boolean =>
    readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('worker.js')
  let workers: number[] = []
  while (workers.length === 0) {
    await wait(20)
    workers = processesWith(mark).filter(isWorker)
  }
  for (const pid of workers) process.kill(pid, 'SIGSTOP')
}

beforeAll(async () => {
  expect(await startMarked(onSample('plan', planned, ...flags)).command.finished).toMatchObject({ status: 0 })
  copyOfPlanned('whole')
  expect(await begin(whole).command.finished).toMatchObject({ status: 0 })
})

describe('a run that is cancelled', () => {
  /** Cancels a run at one line of its log after the other. */
  async function cancelAt(
    output: string,
    moments: readonly (readonly [string, NodeJS.Signals])[],
  ): Promise<void> {
    for (const [text, signal] of moments) {
      const run = begin(output)
      await run.command.shows(text)
      await cancelled(run, signal)
      expect(existsSync(join(output, 'run.lock'))).toBe(false)
    }
  }

  it('while tables are made ends with 130 within 2 s, without a lock or a process left', async () => {
    await cancelAt(join(folder, 'tables'), [
      ['Reading granules (', 'SIGINT'],
      ['Combining tables (train', 'SIGTERM'],
      ['Drawing the subset (train', 'SIGINT'],
    ])
  })

  it('while samples are made as well, and comes to the same end', async () => {
    const output = copyOfPlanned('samples')
    rmSync(join(output, 'catalog'), { recursive: true })
    rmSync(join(output, 'plan'), { recursive: true })
    await cancelAt(output, [
      ['Choosing scenes (imagery', 'SIGTERM'],
      ['Choosing scenes (train', 'SIGINT'],
      ['Cutting samples (', 'SIGINT'],
      ['Fusing datasets (train', 'SIGTERM'],
    ])
    expect(await begin(output).command.finished).toMatchObject({ status: 0 })
    expect(projectContent(output)).toEqual(projectContent(whole))
  })

  it.each([
    ['one signal', false],
    ['a second one', true],
  ])('while its workers do not answer: by %s', async (_, twice) => {
    const output = copyOfPlanned(`stopped-${twice}`)
    const run = begin(output)
    await run.command.shows('Cutting samples (')
    await stopWorkers(run)
    await cancelled(run, 'SIGINT', twice)
    expect(existsSync(join(output, 'run.lock'))).toBe(false)
  })
})

describe('verify', () => {
  it('can be cancelled too', async () => {
    const run = startMarked(['verify', join(whole, 'train_dataset.h5')])
    await stopWorkers(run)
    await cancelled(run, 'SIGINT')
  })
})
