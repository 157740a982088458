import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from './command-line'

const ROOT = resolve(import.meta.dirname, '..')

/** The program as it is built, without sources that could be newer. */
function installation(): string {
  const folder = temporaryFolder('start')
  mkdirSync(join(folder, 'scripts'))
  copyFileSync(join(ROOT, 'scripts/start.mjs'), join(folder, 'scripts/start.mjs'))
  for (const name of ['dist', 'node_modules', 'package.json'])
    symlinkSync(join(ROOT, name), join(folder, name))
  return folder
}

const NO_WINDOW = {
  DISPLAY: undefined,
  WAYLAND_DISPLAY: undefined,
  XDG_CONFIG_HOME: undefined,
  ELECTRON_OVERRIDE_DIST_PATH: undefined,
}

/** Does as `npm start` until it has printed a link, and then interrupts it. */
async function startAndLeave(environment: Record<string, string>): Promise<{ out: string; err: string }> {
  const folder = installation()
  const child = spawn(process.execPath, [join(folder, 'scripts/start.mjs')], {
    env: { ...process.env, ...NO_WINDOW, HOME: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const group = -(child.pid ?? 0)
  let [out, err] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    // As a terminal does, to all at once.
    if (out.includes('#token=')) process.kill(group, 'SIGINT')
  })
  await new Promise((done) => child.on('close', done))
  return { out, err }
}

/** The line before the link. */
const lastLine = (err: string): string | undefined =>
  err.split('\n').find((line) => line.includes('served instead'))

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  it('serves where there is no display, and says so in one line', async () => {
    const { out, err } = await startAndLeave({})
    expect(lastLine(err)).toBe(
      'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window is served instead. Open this link in a browser:',
    )
    expect(out.match(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/gm)).toHaveLength(1)
  })

  it('serves where Electron cannot be had, and says so in one line', async () => {
    // Root is told of root first, whatever is installed. PATH without a browser, which would be opened.
    const nobody = temporaryFolder('start-runtime')
    const { err } = await startAndLeave({ DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: nobody, PATH: nobody })
    expect(lastLine(err)).toBe(
      process.getuid?.() === 0
        ? 'Electron with its sandbox does not run as root, so the window is served instead. Open this link in a browser:'
        : 'Electron is not installed and cannot be downloaded, so the window is served instead. Open this link in a browser:',
    )
  })
})
