import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { startServed } from '../../e2e/window/faces'
import { Window } from '../../e2e/window/window-page'
import { newProject, saveProject } from '../../src-main/project/project-file'
import { projectPaths } from '../../src-main/project/project-paths'
import { median, type Bench, type Benchmark, type Figure } from '../benchmark'
import { chromiumPath } from './chromium'

/** Runs in the page; this file is built into dist/bench. */
const MEASURES = resolve(import.meta.dirname, '../../bench/page-measures.mjs')

/** Parts of 1000 samples and 27 MB. */
const PARTS = 10
const LARGE_PARTS = 185
/** Turns of the wheel, px each, over a tenth of the list and more. */
const TURNS = 150
const TURN = 400
const JUMPS = 12
const PATCHES = 6

const FRAME_AIM_MS = 100
const STOP_AIM_MS = 300
const OPEN_AIM_MS = 150
const FIRST_AIM_MS = 1000
const MEMORY_AIM = 600e6

const framesSchema = z.object({ gaps: z.array(z.number()), longest: z.number() })
const processesSchema = z.object({
  processInfo: z.array(z.object({ type: z.string(), id: z.int() })),
})

/** What people wait for who look at the samples of a fused file, in Chromium without graphics hardware. */
export const reviewing: Benchmark = {
  name: 'review',
  title: 'Review step in the window on a fused file of noise, Chromium drawing in software',
  run: async (bench) => {
    const browser = chromiumPath()
    if (browser === null) return []
    process.env.E2E_CHROMIUM = browser
    const parts = bench.large ? LARGE_PARTS : PARTS
    const folder = join(bench.temporary, 'review')
    const project = join(folder, 'project')
    await mkdir(project, { recursive: true })
    const paths = projectPaths(project)
    await saveProject(paths, newProject(paths))
    const output = join(folder, 'fused.h5')
    const batches = await bench.folder('batches')
    const { output: made } = await bench.run('fuse', { folder: batches, parts, output }, false)
    return measured(bench, { folder, project, output, ...made })
  },
}

async function measured(
  { large }: Bench,
  made: { folder: string; project: string; output: string; samples: number; bytes: number },
): Promise<Figure[]> {
  const { folder, project, output, samples, bytes } = made
  const served = await startServed({ folder, project })
  const { page } = served
  try {
    await page.addInitScript({ path: MEASURES })
    await page.reload()
    const window = new Window(page, 'served', null)
    await window.show('Review')
    await page.getByRole('combobox', { name: 'Samples from' }).click()
    await page.getByRole('option', { name: 'Open file' }).click()
    const chosen = await window.chooseFile(output)
    const first = z.number().parse(await page.evaluate('measures.firstDrawn()')) - chosen
    const whole = `${samples.toLocaleString('en')} samples, ${(bytes / 1e9).toFixed(1)} GB`
    return [
      aimed(`first thumbnails, ${whole}`, first, large ? FIRST_AIM_MS : null, 'from the click on Choose'),
      ...(await scrolled(page)),
      ...(await opened(page)),
      await memory(page),
    ]
  } finally {
    await served.close()
  }
}

async function scrolled(page: Page): Promise<Figure[]> {
  await page.getByRole('listbox', { name: 'Samples' }).hover()
  await page.evaluate('measures.beginFrames()')
  for (let turn = 0; turn < TURNS; turn++) {
    await page.mouse.wheel(0, TURN)
    await page.waitForTimeout(16)
  }
  const { gaps, longest } = framesSchema.parse(await page.evaluate('measures.endFrames()'))
  const stops: number[] = []
  for (let jump = 1; jump <= JUMPS; jump++)
    stops.push(z.number().parse(await page.evaluate(`measures.scrollTo(${(jump * 0.37) % 1})`)))
  const frames = `median of ${gaps.length} frames ${Math.round(median(gaps))} ms, longest task ${Math.round(longest)} ms`
  const slowest = `slowest of ${stops.length}: ${Math.round(Math.max(...stops))} ms`
  return [
    aimed('longest frame while scrolling', Math.max(...gaps), FRAME_AIM_MS, frames),
    aimed('all thumbnails after stopping', median(stops), STOP_AIM_MS, slowest),
  ]
}

async function opened(page: Page): Promise<Figure[]> {
  const times: number[] = []
  const list = page.getByRole('listbox', { name: 'Samples' })
  for (let patch = 0; patch < PATCHES; patch++) {
    await list.focus()
    await page.keyboard.press('ArrowRight')
    // As long as people look before they open it: its record is read meanwhile.
    await page.waitForTimeout(700)
    times.push(z.number().parse(await page.evaluate('measures.openPatch()')))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  }
  const slowest = `slowest of ${times.length}: ${Math.round(Math.max(...times))} ms`
  return [aimed('patch view', median(times), OPEN_AIM_MS, slowest)]
}

/** Resident memory of the process that holds the page. */
async function memory(page: Page): Promise<Figure> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  const { processInfo } = processesSchema.parse(await session?.send('SystemInfo.getProcessInfo'))
  const sizes = await Promise.all(
    processInfo
      .filter(({ type }) => type === 'renderer')
      .map(async ({ id }) => {
        const status = await readFile(`/proc/${id}/status`, 'utf8')
        return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) * 1024
      }),
  )
  const value = Math.max(...sizes)
  return {
    ...{ what: 'memory of the page', value: value / 1e6, unit: 'MB' },
    aim: { text: 'under 600 MB', met: value < MEMORY_AIM },
  }
}

function aimed(what: string, value: number, aim: number | null, note: string): Figure {
  return {
    ...{ what, value, unit: 'ms', note },
    ...(aim === null ? {} : { aim: { text: `under ${aim} ms`, met: value < aim } }),
  }
}
