// Packs the built program and tries what comes out. What the machine lacks is named and left out; in CI (CI=true) nothing
// may be. The program is tried on Linux only; PACKED=yes takes the one that was packed before. In CI, and with DEB=yes, the
// deb is made, installed, tried and taken away again, by root on a Debian; elsewhere a line says why not.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
const FOLDER = join(ROOT, 'out/packaged/linux-unpacked')
/** A screen of ours alone; -ac because the program may run as another user than the tests. */
const SCREEN = '-screen 0 1600x1000x24 -ac'

const lacking = hindrance()
if (lacking === null) {
  const debs = mkdtempSync(join(tmpdir(), 'packed-deb-'))
  try {
    process.exitCode = pack() || makeDeb(debs) || tryOut(debs)
  } finally {
    rmSync(debs, { recursive: true, force: true })
  }
} else {
  process.stdout.write(`left out: the packed program (${lacking})\n`)
  if (process.env.CI === 'true') {
    process.stdout.write('In CI nothing may be left out.\n')
    process.exitCode = 1
  }
}

/** What keeps the program from being packed and tried here; null where nothing does. */
function hindrance() {
  if (process.platform !== 'linux') return 'it is tried on Linux only'
  const runtime = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(ROOT, 'node_modules/electron/dist')
  if (!existsSync(join(runtime, 'electron')))
    return 'get Electron with: node node_modules/electron/install.js, or set ELECTRON_OVERRIDE_DIST_PATH'
  if (needsDisplay() && onPath('xvfb-run') === undefined)
    return 'it needs a display; get one with: apt-get install xvfb'
  return null
}

/** What keeps the deb from being installed and tried here; null where nothing does. */
function debHindrance() {
  if (process.env.CI !== 'true' && process.env.DEB !== 'yes')
    return 'it changes the machine: it is installed and taken away again; DEB=yes has it tried'
  if (process.getuid() !== 0) return 'only root can install it'
  if (['apt-get', 'dpkg-deb'].some((name) => onPath(name) === undefined)) return 'it wants a Debian'
  const missing = ['desktop-file-validate', 'gio', 'gtk-launch'].filter((name) => onPath(name) === undefined)
  if (missing.length === 0) return null
  return `get ${missing.join(', ')} with: apt-get install desktop-file-utils libglib2.0-bin libgtk-3-bin`
}

function pack() {
  return process.env.PACKED === 'yes'
    ? 0
    : run(process.execPath, [join(ROOT, 'scripts/package.mjs'), '--dir'])
}

/** Makes the deb of the packed folder, as people get it but for fpm, the one who answers for it, and how small it is made. */
function makeDeb(debs) {
  const why = debHindrance()
  if (why !== null) {
    process.stdout.write(`left out: the deb (${why})\n`)
    return 0
  }
  chmodSync(join(FOLDER, 'chrome-sandbox'), 0o755)
  const words = [
    '--linux',
    'deb',
    '--prepackaged',
    FOLDER,
    '-c.deb.compression=zst',
    `-c.directories.output=${debs}`,
  ]
  return run(process.execPath, [join(ROOT, 'scripts/package.mjs'), ...words], {
    CUSTOM_FPM_PATH: join(ROOT, 'e2e/packed/stand-in-fpm.mjs'),
    PACKAGE_MAINTAINER: 'A test <test@example.org>',
    PACKAGE_HOMEPAGE: 'https://example.org/',
  })
}

function tryOut(debs) {
  // As installers do it, where this system lets nobody but root make sandboxes.
  if (process.getuid() === 0) chmodSync(join(FOLDER, 'chrome-sandbox'), 0o4755)
  const test = [join(ROOT, 'node_modules/@playwright/test/cli.js'), 'test', '--project=packed']
  const words = [process.execPath, ...test, ...process.argv.slice(2)]
  const deb = readdirSync(debs).find((name) => name.endsWith('.deb'))
  const env = {
    E2E_ELECTRON: join(FOLDER, 'gedi-dataset-studio'),
    E2E_DEB: deb === undefined ? '' : join(debs, deb),
  }
  return needsDisplay()
    ? run(onPath('xvfb-run'), ['-a', '-s', SCREEN, ...words], env)
    : run(words[0], words.slice(1), env)
}

function needsDisplay() {
  return !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY
}

function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

function run(program, words, env = {}) {
  return (
    spawnSync(program, words, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'inherit' }).status ?? 1
  )
}
