import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { reportSchema, type Report } from '../../src-shared/run/report'
import { ownAll, ownFolder, startDesktop } from '../../e2e/window/faces'
import { Window } from '../../e2e/window/window-page'
import { median, type Bench, type Benchmark, type Figure } from '../benchmark'
import { gediDataset } from '../command-line'
import { short } from '../report'
import { makeServedWorld } from '../world/served'
import { electronPath } from './electron'

const STARTS = 5
const START_AIM_S = 2.5
const ROUNDS = 3
/** Scenes with 1000 footprints each, for half a minute. */
const SCENES = 20
/** A run in the window may take this many times as long as on the command line. */
const RUN_AIM = 1.05
/** Milliseconds from the first sight of Generate to Start. */
const REST_MS = 5000
const LONGEST_RUN_MS = 300_000

/** What the desktop window takes to start, and what it costs a run that people watch in it. */
export const desktop: Benchmark = {
  name: 'desktop',
  title: 'The desktop window: start, and a run in it beside the same run on the command line',
  run: async (bench) => {
    const electron = electronPath()
    if (electron === null) return []
    process.env.E2E_ELECTRON = electron
    return [await starts(bench), await runs(bench)]
  },
}

/** From the start of the program until its start screen can be used. */
async function starts(bench: Bench): Promise<Figure> {
  const seconds: number[] = []
  const folder = await ownFolder(join(bench.temporary, 'starts'))
  for (let start = 0; start < STARTS; start++) {
    const begin = performance.now()
    const started = await startDesktop({ folder })
    try {
      // Playwright's trial click waits until the button is shown, enabled and takes clicks.
      await started.page.getByRole('button', { name: 'Open sample project' }).click({ trial: true })
      seconds.push((performance.now() - begin) / 1000)
    } finally {
      await started.close()
    }
  }
  const value = median(seconds)
  return {
    what: 'start to interactive',
    value,
    unit: 's',
    aim: { text: `under ${START_AIM_S} s`, met: value < START_AIM_S },
    note: `first ${short(seconds[0])} s, slowest ${short(Math.max(...seconds))} s`,
  }
}

/** Cuts the same plan in the window and on the command line, in turn, so that whatever else the machine does hits both. */
async function runs(bench: Bench): Promise<Figure> {
  const world = join(bench.temporary, 'world')
  const { table } = await makeServedWorld(world, await bench.folder('imagery'), SCENES)
  const planned = join(bench.temporary, 'planned')
  // Made terrain is steeper than the limit.
  const words = ['--path-subset-csv-train', table, '--source', world, '--max-slope', '10000']
  await gediDataset('plan', ...words, '--output', planned)
  const [inWindow, onLine]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    const first = await ownFolder(join(bench.temporary, `line-${round}`))
    await cp(planned, join(first, 'project'), { recursive: true, preserveTimestamps: true })
    await gediDataset('run', '--output', join(first, 'project'))
    onLine.push(await cuttingSeconds(join(first, 'project')))
    const second = await ownFolder(join(bench.temporary, `window-${round}`))
    await cp(planned, join(second, 'project'), { recursive: true, preserveTimestamps: true })
    await ownAll(second)
    await runInWindow(second)
    inWindow.push(await cuttingSeconds(join(second, 'project')))
  }
  const [value, theirs] = [median(inWindow), median(onLine)]
  const ratio = value / theirs
  return {
    what: `cutting ${SCENES}000 footprints, watched in Generate`,
    value,
    unit: 's',
    compared: { by: 'command line', value: theirs },
    ratio,
    aim: { text: `${RUN_AIM} x at most`, met: ratio <= RUN_AIM },
    note: `window ${inWindow.map(short).join(', ')} s; command line ${onLine.map(short).join(', ')} s`,
  }
}

async function runInWindow(folder: string): Promise<void> {
  const started = await startDesktop({ folder, project: join(folder, 'project') })
  try {
    const window = new Window(started.page, 'desktop', started.application)
    await window.show('Generate')
    // As a person does who looks at the preflight first: the page is drawn once, and that is no part of the run.
    await started.page.waitForTimeout(REST_MS)
    await window.button('Start').click()
    await untilCut(join(folder, 'project'))
  } finally {
    await started.close()
  }
}

/** Waits for the report of the run: asking the page would take time from it. */
async function untilCut(project: string): Promise<void> {
  const patience = AbortSignal.timeout(LONGEST_RUN_MS)
  while ((await reportOf(project)).train.samples === 0) await setTimeout(500, null, { signal: patience })
}

/** Seconds that a project's last run took to cut its batches. */
async function cuttingSeconds(project: string): Promise<number> {
  const report = await reportOf(project)
  if (report.train.samples === 0) throw new Error('the run cut nothing')
  return report.stepSeconds.batch
}

async function reportOf(project: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(join(project, 'report.json'), 'utf8')))
}
