// Opens the window, built anew where the sources have changed; where it cannot be opened, serves it to a browser and
// says why. `npm start -- FOLDER` opens a project.
import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '..')
const SOURCES = [
  'src-main',
  'src-renderer',
  'src-shared',
  'src-worker',
  'electron.vite.config.ts',
  'package-lock.json',
]
const BUILT = ['dist/main/app.js', 'dist/main/cli.js', 'dist/preload/preload.cjs', 'dist/renderer/index.html']

/** Electron that ends badly this soon has not opened a window. */
const START_MS = 10_000

/** Exit status of a program that Ctrl-C has ended. */
const INTERRUPTED = 130
let interrupted = false

const words = process.argv.slice(2)
const reason = await openWindow()
if (reason !== null) process.exitCode = await serve(reason)

/** Opens the window and waits until it is closed. Gives back why it could not be opened, null where it could. */
async function openWindow() {
  await buildIfOld()
  const hindrance = hindranceToWindows()
  if (hindrance !== null) return hindrance
  const electron = runtime() ?? (await fetchRuntime())
  if (electron === null) return 'Electron is not installed and cannot be downloaded'
  const began = Date.now()
  const env = { ...process.env }
  // Set by other programs made with Electron, such as editors with a terminal; it would make a bare Node of ours.
  delete env.ELECTRON_RUN_AS_NODE
  const status = await run(electron, [ROOT, ...words], { env, cwd: process.cwd() })
  if (status !== 0 && Date.now() - began < START_MS) return 'Electron does not start here (see above)'
  process.exitCode = status
  return null
}

/** Serves the window until somebody stops it. */
function serve(reason) {
  say(`${reason}, so the window is served instead. Open this link in a browser:`)
  const project = words.find((word) => !word.startsWith('-'))
  const options = [
    ...(project === undefined ? [] : ['--project', project]),
    ...(hasDisplay() ? ['--open'] : []),
  ]
  return run(process.execPath, [join(ROOT, 'dist/main/cli.js'), 'serve', ...options])
}

/** What keeps this machine or person from opening windows, whatever is installed; null where nothing does. */
function hindranceToWindows() {
  if (!hasDisplay()) return 'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)'
  const isRoot = process.platform === 'linux' && process.getuid() === 0
  return isRoot ? 'Electron with its sandbox does not run as root' : null
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** The Electron that is there, null where there is none. */
function runtime() {
  const program = {
    darwin: 'Electron.app/Contents/MacOS/Electron',
    win32: 'electron.exe',
  }[process.platform]
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(ROOT, 'node_modules/electron/dist')
  const path = join(folder, program ?? 'electron')
  return existsSync(path) ? path : null
}

/** Has Electron's own package download it, which it does once. Gives back null where that fails. */
async function fetchRuntime() {
  const installer = join(ROOT, 'node_modules/electron/install.js')
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH || !existsSync(installer)) return null
  const { version } = JSON.parse(readFileSync(join(ROOT, 'node_modules/electron/package.json'), 'utf8'))
  say(`Waiting for the download of Electron ${version} (about 120 MB, only once). Ctrl-C ends it.`)
  const began = Date.now()
  const clock = setInterval(() => {
    if (process.stderr.isTTY) process.stderr.write(`\r${Math.round((Date.now() - began) / 1000)} s `)
  }, 1000)
  // What it writes where it fails is of no use to anybody but its authors.
  const status = await run(process.execPath, [installer], { stdio: 'ignore' })
  clearInterval(clock)
  if (process.stderr.isTTY) process.stderr.write('\r')
  if (interrupted) process.exit(INTERRUPTED)
  return status === 0 ? runtime() : null
}

async function buildIfOld() {
  const built = BUILT.map((file) => changed(join(ROOT, file)))
  const newest = Math.max(...SOURCES.map((source) => newestIn(join(ROOT, source))))
  if (built.every((time) => time > newest)) return
  const builder = join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js')
  if (!existsSync(builder) || !isWritable(ROOT)) {
    if (built.every((time) => time > 0)) return
    say(
      'The program is not built, and cannot be built here. Run npm ci first, as somebody who may write here.',
    )
    process.exit(1)
  }
  say('Building, as the sources are newer than what is built …')
  const status = await run(process.execPath, [builder, 'build', '--logLevel', 'error'], { cwd: ROOT })
  if (status !== 0) process.exit(status)
}

/** Time of the newest file of the program below a path, in milliseconds since 1970; tests are none of it. */
function newestIn(path) {
  if (!existsSync(path)) return 0
  if (!statSync(path).isDirectory()) return path.includes('.test.') ? 0 : changed(path)
  return Math.max(0, ...readdirSync(path).map((name) => newestIn(join(path, name))))
}

/** When a file was changed last; 0 where it is not there. */
function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

/** Whether this person may write into a folder: a program that is installed for all is built by whoever installed it. */
function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Runs a program to its end, and passes on what ends this one. Gives back its exit status. */
function run(program, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options })
    const pass = (signal) => child.kill(signal)
    process.on('SIGTERM', pass)
    process.on('SIGINT', wait)
    child.on('error', () => finish(1))
    child.on('close', (status) => finish(status ?? 1))
    function finish(status) {
      process.off('SIGTERM', pass)
      process.off('SIGINT', wait)
      done(status)
    }
  })
}

/** The terminal sends Ctrl-C to the child as well; this process ends after it, not before. */
function wait() {
  interrupted = true
}

function say(text) {
  process.stderr.write(`${text}\n`)
}
