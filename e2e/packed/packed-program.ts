import { chromium, expect, type Browser, type Page } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { readDataset } from '../dataset'
import { personOf, SOFTWARE_GRAPHICS } from '../window/faces'
import type { Window } from '../window/window-page'

const ROOT = resolve(import.meta.dirname, '../..')

/** The folder that installers would install. */
export const PACKED = join(ROOT, 'out/packaged/linux-unpacked')

/** The program in it. */
export const PROGRAM = join(PACKED, 'gedi-dataset-studio')

/** Where the journeys find a project that the program makes of the sample, below a folder of their own. */
export const SAMPLE = 'home/.config/gedi-dataset-studio/studio/sample-project'

/** A packed program that was started, with its page. */
export interface StartedProgram {
  page: Page
  process: ChildProcess
  close(): Promise<void>
}

/**
 * Starts the packed program. It takes no orders over Node's inspector, as others have no business there, so it is driven
 * over Chromium's line for developer tools.
 * @param folder everything that it may write to
 * @param words what follows the program's name on the command line
 * @param path the program, as it was packed or as an installer left it
 */
export async function startPacked(
  folder: string,
  words: string[] = [],
  path = PROGRAM,
): Promise<StartedProgram> {
  const program = spawnPacked(folder, ['--remote-debugging-port=0', ...words], path)
  const line = await developerLine(program)
  await pageIsThere(line)
  const browser = await chromium.connectOverCDP(line)
  const page = browser.contexts()[0].pages()[0] ?? (await browser.contexts()[0].waitForEvent('page'))
  return { page, process: program, close: () => end(program, browser) }
}

/** Starts the packed program as an unprivileged user, as its sandbox refuses root. */
export function spawnPacked(folder: string, words: string[], path = PROGRAM): ChildProcess {
  return spawnAsPerson(folder, path, [...SOFTWARE_GRAPHICS, ...words])
}

/** Starts any program as that unprivileged user. */
export function spawnAsPerson(folder: string, path: string, words: string[]): ChildProcess {
  return spawn(join(ROOT, 'e2e/window/electron-launcher.sh'), words, {
    env: { ...personOf(folder), E2E_ELECTRON: path, LIBGL_ALWAYS_SOFTWARE: '1' },
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/** Runs the sample on the start screen to its finished datasets. */
export async function sampleToDatasets(window: Window, folder: string): Promise<void> {
  await window.openSample()
  await window.stageIs('Generate', 'done', 120_000)
  await expect(window.stage('Generate')).toContainText('137 samples')
  await window.show('Fuse')
  await window.button(/^Fuse/).click()
  await window.stageIs('Fuse', 'done', 120_000)
  await expect(window.stage('Fuse')).toContainText('47 train, 90 test')
  const dataset = await readDataset(join(folder, SAMPLE, 'test_dataset.h5'))
  expect(dataset['GEDI Shot Number']).toHaveLength(90)
}

/** Collects what the page complains of. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', (error) => faults.push(error.message))
  return faults
}

/** Waits for the address that Chromium writes out. */
function developerLine(program: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    let said = ''
    program.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const found = /DevTools listening on (ws:\S+)/.exec(said)
      if (found !== null) done(found[1])
    })
    program.once('exit', (status) => failed(new Error(`It ended with ${status ?? 'a signal'}: ${said}`)))
  })
}

const targetsSchema = z.array(z.object({ type: z.string(), url: z.string() }))

/** Waits for the page of the window: who connects while it is being made may wait for an answer in vain. */
async function pageIsThere(line: string): Promise<void> {
  const address = `http://${new URL(line).host}/json/list`
  for (let tries = 0; tries < 300; tries++) {
    const targets = targetsSchema.parse(await (await fetch(address)).json())
    if (targets.some(({ type, url }) => type === 'page' && url.startsWith('app:'))) return
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('The program has not shown its page.')
}

async function end(program: ChildProcess, browser: Browser): Promise<void> {
  await browser.close().catch(() => undefined)
  if (program.exitCode !== null || program.signalCode !== null) return
  const ended = new Promise((done) => program.once('exit', done))
  program.kill('SIGTERM')
  await Promise.race([ended, new Promise((done) => setTimeout(done, 10_000))])
  program.kill('SIGKILL')
}
