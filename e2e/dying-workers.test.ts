import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SPLITS } from '../src-shared/footprint/footprint'
import type { RunEvent } from '../src-shared/run/events'
import type { Report, SplitReport } from '../src-shared/run/report'
import type { Step } from '../src-shared/run/steps'
import { loadProject } from '../src-main/project/project-file'
import { projectPaths } from '../src-main/project/project-paths'
import { leftSomethingOut } from '../src-main/run/make-report'
import { runProject } from '../src-main/run/run-project'
import { forkWorkers } from '../src-main/workers/fork-worker'
import { gediDataset, onSample, temporaryFolder } from './command-line'
import { digestsOf, readDataset } from './dataset'

const folder = temporaryFolder('dying')
const log = join(folder, 'inflated.txt')
/** One batch, so that the block is needed in no other. */
const FLAGS = ['--max-size-training', '60', '--max-size-test', '0', '--batch-size', '60']
const FRAGILE = join(import.meta.dirname, 'fragile-worker.mjs')
afterAll(() => {
  delete process.env.FRAGILE_AT
})

/** Carries a project up to a step, in one worker of the given entry. */
async function run(
  output: string,
  until: Step,
  entry?: string,
  emit: (event: RunEvent) => void = () => undefined,
): Promise<Report> {
  const paths = projectPaths(output)
  const project = await loadProject(paths)
  if (project === null) throw new Error('there is no project')
  const request = { paths, project, previous: project, until, restartFrom: null, workers: 1 }
  return runProject(request, {
    spawn: forkWorkers(entry),
    emit,
    signal: new AbortController().signal,
  })
}

async function datasets(output: string): Promise<Record<string, string>[]> {
  return Promise.all(
    SPLITS.map(async (split) => digestsOf(await readDataset(join(output, `${split}_dataset.h5`)))),
  )
}

describe('a block that workers crash of', () => {
  it('costs the footprints that need it, which stay open and are named; sound workers cut them later', async () => {
    const planned = join(folder, 'planned')
    expect(await gediDataset(...onSample('plan', planned, ...FLAGS))).toMatchObject({
      status: 0,
    })
    const output = join(folder, 'fragile')
    cpSync(planned, output, { recursive: true, preserveTimestamps: true })

    process.env.FRAGILE_LOG = log
    const sound = await run(planned, 'batch', FRAGILE)
    // A block of the last band that was cut: only footprints that passed all checks need it.
    process.env.FRAGILE_AT = readFileSync(log, 'utf8').trim().split('\n').at(-1)
    delete process.env.FRAGILE_LOG
    await run(planned, 'fuse')
    const expected = await datasets(planned)

    const fragile = await run(output, 'fuse', FRAGILE)
    const { failed } = fragile.train
    expect(failed).toBeGreaterThan(0)
    expect(fragile.train.samples).toBeGreaterThan(0)
    const cut = ({ samples, rejected }: SplitReport): number =>
      Object.values(rejected).reduce((sum, footprints) => sum + footprints, samples)
    expect(cut(fragile.train)).toBe(cut(sound.train) - failed)
    expect(fragile.test).toMatchObject({
      samples: sound.test.samples,
      rejected: sound.test.rejected,
      failed: 0,
    })
    expect(leftSomethingOut(fragile)).toBe(true)
    const [failure] = fragile.failures
    expect(failure).toMatchObject({
      footprints: failed,
      error: { tag: 'worker-died', message: 'Worker processes die when they cut this footprint (SIGSEGV).' },
    })
    expect(new Set(failure.shots).size).toBe(failed)

    const mended = await run(output, 'fuse')
    expect(mended.failures).toEqual([])
    expect(await datasets(output)).toEqual(expected)
  })
})

describe('a figure that workers die of', () => {
  it('is left out and told; the tables are there, and the next run draws it', async () => {
    const output = join(folder, 'figureless')
    expect(await gediDataset(...onSample('ingest', output, ...FLAGS))).toMatchObject({ status: 0 })
    const told: RunEvent[] = []
    const figureless = join(import.meta.dirname, 'figureless-worker.mjs')
    await run(output, 'subset', figureless, (event) => told.push(event))
    const paths = projectPaths(output)
    const figure = paths.figure('train', 'subset')
    expect([existsSync(paths.subset('train')), existsSync(figure)]).toEqual([true, false])
    expect(told).toContainEqual({
      kind: 'log',
      level: 'warning',
      message: expect.stringContaining('was not drawn') as unknown,
    })
    await run(output, 'subset')
    expect(existsSync(figure)).toBe(true)
  })
})
