import { expect, test as base, type ConsoleMessage, type Page } from '@playwright/test'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownFolder, startDesktop, startServed, type FaceStart, type StartedFace } from './faces'
import { Window } from './window-page'

export interface FaceOptions {
  face: 'served' | 'desktop'
}

export interface Journey extends FaceOptions {
  /** A folder of this test's own, which the application may use. */
  folder: string
  /** Starts the application once more, on the same folder. */
  start: (options?: Partial<FaceStart>) => Promise<{ window: Window; started: StartedFace }>
  /** The application on its start screen. */
  window: Window
  started: StartedFace
  /** Console messages that a test expects, so that they are no fault. */
  expected: RegExp[]
}

/**
 * A journey through the window. Whatever the face, it fails where the page writes an error or a warning to its console,
 * or throws.
 */
export const test = base.extend<Journey & FaceOptions>({
  face: ['served', { option: true }],
  expected: async ({}, use) => {
    await use([])
  },
  folder: async ({}, use) => {
    const folder = await ownFolder(await mkdtemp(join(tmpdir(), 'journey-')))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  start: async ({ face, folder, expected }, use) => {
    const running: StartedFace[] = []
    const faults: string[] = []
    await use(async (options = {}) => {
      const begin = { folder, ...options }
      const started = await (face === 'desktop' ? startDesktop(begin) : startServed(begin))
      running.push(started)
      listenForFaults(started.page, faults)
      return { window: new Window(started.page, face, started.application), started }
    })
    for (const started of running) await started.close().catch(() => undefined)
    const unexpected = faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)))
    expect(unexpected, 'the console stays empty').toEqual([])
  },
  started: async ({ start }, use) => {
    const { started } = await start()
    await use(started)
  },
  window: async ({ started, face }, use) => {
    await use(new Window(started.page, face, started.application))
  },
})

/** What the browser itself notes when it fetches a map drawn in software to put it into the page. */
const OF_SOFTWARE_GRAPHICS = /GL Driver Message \(.*Performance.*\): GPU stall due to ReadPixels/

function listenForFaults(page: Page, faults: string[]): void {
  page.on('console', (message: ConsoleMessage) => {
    if (!['error', 'warning'].includes(message.type()) || OF_SOFTWARE_GRAPHICS.test(message.text())) return
    faults.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => faults.push(`thrown: ${error.message}`))
}

/** Keeps a picture of the page where E2E_SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.E2E_SCREENSHOTS
  if (folder === undefined) return
  await mkdir(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

export { expect }
