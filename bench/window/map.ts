import type { Page } from '@playwright/test'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { startServed } from '../../e2e/window/faces'
import { median, type Bench, type Benchmark, type Figure } from '../benchmark'
import { trackTables } from '../world/tracks'
import { chromiumPath } from './chromium'
import { makeFootprintProject } from './footprint-project'

/** Runs in the page; this file is built into dist/bench. */
const MEASURES = resolve(import.meta.dirname, '../../bench/page-measures.mjs')

/** Granules of 12,504 shots each: five million footprints, and one million. */
const ALL_GRANULES = 400
const MILLION_GRANULES = 80

const SLIDES = 20
const SCREEN_AIM_MS = 200
const TASK_AIM_MS = 50
const FRAMES_AIM = 12

const slideSchema = z.object({ times: z.array(z.number()), longest: z.number() })
const framesSchema = z.object({ gaps: z.array(z.number()), longest: z.number() })

/** What a person at the window waits for in the Filter step, in Chromium without graphics hardware. */
export const mapping: Benchmark = {
  name: 'map',
  title: 'Filter step in the window, Chromium drawing in software: from slider to screen, panning the map',
  run: async (bench) => {
    const browser = chromiumPath()
    if (browser === null) return []
    process.env.E2E_CHROMIUM = browser
    const figures: Figure[] = []
    await withFilter(bench, ALL_GRANULES, async (page) => {
      figures.push(...(await slides(page)))
    })
    await withFilter(bench, MILLION_GRANULES, async (page) => {
      figures.push(await panned(page, 'squares'))
      for (let step = 0; step < 5; step++) await press(page, 'Zoom in')
      figures.push(await panned(page, 'points'))
    })
    return figures
  },
}

/** Opens the Filter step on so many granules, waits until all of it is there, and closes everything afterwards. */
async function withFilter(
  bench: Bench,
  granules: number,
  work: (page: Page) => Promise<void>,
): Promise<void> {
  const tables = trackTables(await bench.folder('tracks')).slice(0, granules)
  const folder = join(bench.temporary, `window-${granules}`)
  const project = join(folder, 'project')
  await makeFootprintProject(project, tables)
  const served = await startServed({ folder, project })
  const { page } = served
  try {
    await page.addInitScript({ path: MEASURES })
    await page.reload()
    await page.getByRole('banner').waitFor()
    await page.keyboard.press('Control+2')
    await page.getByRole('region', { name: 'Totals' }).waitFor({ timeout: 180_000 })
    await page.waitForTimeout(5000)
    await work(page)
  } finally {
    await served.close()
  }
}

async function slides(page: Page): Promise<Figure[]> {
  const values = Array.from({ length: SLIDES }, (_, step) => 0.49 - 0.015 * step)
  const expression = `measures.slide('Relative standard error at most', ${JSON.stringify(values)}, 'section[aria-label="Totals"]')`
  const { times, longest } = slideSchema.parse(await page.evaluate(expression))
  return [
    {
      what: 'slider to screen, 5 million footprints',
      value: median(times),
      unit: 'ms',
      aim: { text: `under ${SCREEN_AIM_MS} ms`, met: median(times) < SCREEN_AIM_MS },
      note: `slowest of ${times.length}: ${Math.round(Math.max(...times))} ms`,
    },
    {
      what: 'longest task of the page meanwhile',
      value: longest,
      unit: 'ms',
      aim: { text: `under ${TASK_AIM_MS} ms`, met: longest < TASK_AIM_MS },
      note: 'the browser tells of tasks above 50 ms; 0 means none',
    },
  ]
}

/** Drags the map about for some seconds. @param what is seen of the footprints at this zoom */
async function panned(page: Page, what: string): Promise<Figure> {
  await page.waitForTimeout(5000)
  const box = await page.locator('canvas.maplibregl-canvas').boundingBox()
  if (box === null) throw new Error('The map is not shown.')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.evaluate('measures.beginFrames()')
  for (let drag = 0; drag < 4; drag++) {
    const way = drag % 2 === 0 ? 1 : -1
    await page.mouse.move(x + way * 150, y + way * 60)
    await page.mouse.down()
    for (let step = 0; step < 40; step++) {
      await page.mouse.move(x + way * (150 - 7.5 * step), y + way * (60 - 3 * step))
      await page.waitForTimeout(16)
    }
    await page.mouse.up()
  }
  const { gaps, longest } = framesSchema.parse(await page.evaluate('measures.endFrames()'))
  const rate = (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0)
  return {
    what: `panning 1 million footprints as ${what}`,
    value: rate,
    unit: 'frames/s',
    aim: { text: `at least ${FRAMES_AIM}`, met: rate >= FRAMES_AIM },
    note: `median ${Math.round(median(gaps))} ms, longest task ${Math.round(longest)} ms`,
  }
}

async function press(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await page.waitForTimeout(500)
}
