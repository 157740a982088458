import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { STEPS, type Step } from '../../src-shared/run/steps'
import { onSample, temporaryFolder } from '../command-line'
import { projectContent } from './project-content'
import { crashed, drawCrashes, startMarked, type Undisturbed } from './trial'

/** Crashes of each step; `npm run crash-test` has more. */
const CRASHES = Number(process.env.CRASH_COUNT ?? 1)
const SEED = Number(process.env.CRASH_SEED ?? 5)

const folder = temporaryFolder('crash')
const FLAGS = ['--batch-size', '25', '--workers', '2', '--max-size-training', '150', '--max-size-test', '100']
const project = (name: string): string => join(folder, name)

/** The command that carries a step out on a project in which the steps before it are done. */
function commandOf(step: Step, output: string): string[] {
  return onSample(step === 'batch' ? 'run' : step, output, ...FLAGS)
}

const undisturbed = new Map<Step, Undisturbed>()
const expected = new Map<Step, Map<string, string>>()

function copy(from: string, to: string): string {
  cpSync(project(from), project(to), { recursive: true, preserveTimestamps: true })
  return project(to)
}

/** Batches that have their file and their record. */
function finishedBatches(output: string): number {
  const batches = join(output, 'batches')
  if (!existsSync(batches)) return 0
  return readdirSync(batches, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.h5'))
    .filter((name) => existsSync(join(output, 'rejections', name.replace(/h5$/, 'json')))).length
}

// The project before each step, and what each step makes of it, by commands that nothing disturbs.
beforeAll(async () => {
  for (const [i, step] of STEPS.entries()) {
    if (i > 0) copy(`before-${STEPS[i]}`, `after-${step}`)
    const output = project(`after-${step}`)
    const log = project(`${step}.txt`)
    const range = step === 'batch' ? ['batch', '--output', output, '--index', `0-${batchCount() - 1}`] : null
    const started = performance.now()
    expect(
      await startMarked(range ?? commandOf(step, output), { CRASH_LOG: log }).command.finished,
    ).toMatchObject({
      status: 0,
    })
    const paths = readFileSync(log, 'utf8').trim().split('\n')
    undisturbed.set(step, {
      renamed: paths.map((path) => relative(output, path)),
      milliseconds: performance.now() - started,
    })
    expected.set(step, projectContent(output))
    if (i + 1 < STEPS.length) copy(`after-${step}`, `before-${STEPS[i + 1]}`)
  }
  // Cut by `run`, the last step is done as well.
  expected.set('batch', expected.get('fuse') ?? new Map<string, string>())
})

function batchCount(): number {
  const report = JSON.parse(readFileSync(join(project('before-batch'), 'report.json'), 'utf8')) as {
    batches: { total: number }
  }
  return report.batches.total
}

describe.each(STEPS)('crashes during %s', (step) => {
  // Steps with more to lose have more.
  const count = CRASHES * (step === 'batch' ? 2 : 1)
  const crashes = drawCrashes(SEED + STEPS.indexOf(step), count).map((crash, i) => ({ crash, i }))

  it.each(crashes)('number $i: $crash.when, $crash.who', async ({ crash, i }) => {
    const output = step === 'ingest' ? project(`ingest-${i}`) : copy(`before-${step}`, `${step}-${i}`)
    const known = undisturbed.get(step)
    if (known === undefined) throw new Error('the step was not run undisturbed')
    await crashed(commandOf(step, output), output, known, crash)
    const done = finishedBatches(output)
    const again = await startMarked(commandOf(step, output)).command.finished
    expect(again).toMatchObject({ status: 0 })
    expect(projectContent(output)).toEqual(expected.get(step))
    const cut = /Cutting samples \((\d+) of/.exec(again.err)
    if (!crash.truncates && cut !== null) expect(done + Number(cut[1])).toBe(batchCount())
    rmSync(output, { recursive: true, force: true })
  })
})
