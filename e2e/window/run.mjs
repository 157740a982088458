// Runs the journeys through the window: in Chromium against the served application, and in Electron. What the machine
// lacks is left out and named; in CI (CI=true) nothing may be left out.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/** A screen of ours alone; -ac because Electron may run as another user than the tests. */
const SCREEN = '-screen 0 1600x1000x24 -ac'

/** Full path of the first of some programs that is on the search path. */
function onPath(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

const chromium = process.env.CHROMIUM_PATH ?? onPath('chromium', 'chromium-browser', 'google-chrome')
const runtime = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist')
const electron = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron']
  .map((name) => join(runtime, name))
  .find((path) => existsSync(path))
const needsDisplay = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
const xvfb = needsDisplay ? onPath('xvfb-run') : undefined

/** E2E_FACES=chromium runs the journeys of one face only. */
const only = (process.env.E2E_FACES ?? 'chromium,electron').split(',')
const projects = []
const leftOut = []
if (chromium === undefined)
  leftOut.push('journeys in the browser (get Chromium with: apt-get install chromium, or set CHROMIUM_PATH)')
else projects.push('chromium')
if (electron === undefined)
  leftOut.push(
    'journeys in Electron (get it with: node node_modules/electron/install.js, or set ELECTRON_OVERRIDE_DIST_PATH)',
  )
else if (needsDisplay && xvfb === undefined)
  leftOut.push('journeys in Electron (it needs a display; get one with: apt-get install xvfb)')
else projects.push('electron')

/**
 * The journeys of one face, each in a program and with a home of its own, one after the other.
 * @returns exit status
 */
async function travel(face) {
  const playwright = join(root, 'node_modules/@playwright/test/cli.js')
  const words = [process.execPath, playwright, 'test', ...process.argv.slice(2), `--project=${face}`]
  const [command, ...options] =
    xvfb === undefined || face !== 'electron' ? words : [xvfb, '-a', '-s', SCREEN, ...words]
  // Projects that are carried out once and copied for each journey.
  const carriedOut = mkdtempSync(join(tmpdir(), 'journeys-projects-'))
  const env = {
    ...process.env,
    E2E_CHROMIUM: chromium ?? '',
    E2E_ELECTRON: electron ?? '',
    E2E_PROJECTS: carriedOut,
    E2E_OUTPUT: join(process.env.E2E_OUTPUT ?? join(tmpdir(), 'gedi-dataset-studio-journeys'), face),
  }
  const travelling = spawn(command, options, { cwd: root, env, stdio: 'inherit' })
  const status = await new Promise((resolve) => {
    travelling.on('error', () => resolve(1))
    travelling.on('exit', (code) => resolve(code ?? 1))
  })
  rmSync(carriedOut, { recursive: true, force: true })
  return status
}

// Both faces at once: each waits for its page more than half of the time.
const travels = await Promise.all(projects.filter((name) => only.includes(name)).map(travel))
let status = Math.max(0, ...travels)
for (const what of leftOut) process.stdout.write(`left out: ${what}\n`)
if (leftOut.length > 0 && process.env.CI === 'true') {
  process.stdout.write('In CI nothing may be left out.\n')
  status ||= 1
}
process.exitCode = status
