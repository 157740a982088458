import { _electron, chromium, type ElectronApplication, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import { chmod, chown, lchown, mkdir, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const ROOT = resolve(import.meta.dirname, '../..')
const NOBODY = 65_534

/**
 * As on a machine without graphics: WebGL, which MapLibre needs, is drawn by SwiftShader, and the page itself by the
 * browser's own painter. SwiftShader for the page as well would take more processor time than the runs that are watched.
 */
export const SOFTWARE_GRAPHICS = ['--disable-gpu', '--enable-unsafe-swiftshader']

const env = z.object({ E2E_CHROMIUM: z.string().default(''), E2E_ELECTRON: z.string().default('') })

/** An application that was started for a test, with its first page. */
export interface StartedFace {
  page: Page
  /** Only in Electron. */
  application: ElectronApplication | null
  /** The link with the token; only of the served application. */
  link: string | null
  close(): Promise<void>
}

export interface FaceStart {
  /** Everything the application may write to: home folder of the person, projects. */
  folder: string
  /** Project to open. */
  project?: string
  size?: { width: number; height: number }
}

const SIZE = { width: 1440, height: 900 }

/** Starts the served application and opens it in Chromium. */
export async function startServed({ folder, project, size = SIZE }: FaceStart): Promise<StartedFace> {
  const words = [
    'serve',
    '--port',
    '0',
    '--root',
    folder,
    ...(project === undefined ? [] : ['--project', project]),
  ]
  const server = spawn(process.execPath, [join(ROOT, 'dist/main/cli.js'), ...words], {
    env: personOf(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  server.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  const link = await new Promise<string>((done, failed) => {
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      said.push(text)
      const found = /https?:\/\/\S+#token=\S+/.exec(said.join(''))
      if (found !== null) done(found[0])
    })
    server.on('exit', (status) =>
      failed(new Error(`serve ended with ${status ?? 'a signal'}: ${said.join('')}`)),
    )
  })
  const { E2E_CHROMIUM } = env.parse(process.env)
  const args = [...SOFTWARE_GRAPHICS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const browser = await chromium.launch({ executablePath: E2E_CHROMIUM, args })
  const context = await browser.newContext({ viewport: size })
  const page = await context.newPage()
  await page.goto(link)
  return {
    page,
    application: null,
    link,
    close: async () => {
      await browser.close()
      server.removeAllListeners('exit')
      const ended = new Promise((done) => server.on('exit', done))
      const gone = server.exitCode === null && server.signalCode === null ? ended : Promise.resolve()
      server.kill('SIGINT')
      await Promise.race([gone, new Promise((done) => setTimeout(done, 5000))])
      server.kill('SIGKILL')
    },
  }
}

/**
 * Makes the application wait until Playwright is listening, which Playwright leaves out where it is told what to start;
 * without it a window that opens meanwhile now and then leaves both waiting for ever.
 */
const HOLD_BACK = join(ROOT, 'node_modules/playwright-core/lib/server/electron/loader.js')

/** Starts the desktop application. */
export async function startDesktop({ folder, project }: FaceStart): Promise<StartedFace> {
  const application = await _electron.launch({
    executablePath: join(ROOT, 'e2e/window/electron-launcher.sh'),
    // As people run it; otherwise the tests would start it with --no-sandbox.
    chromiumSandbox: true,
    args: ['-r', HOLD_BACK, ...SOFTWARE_GRAPHICS, ROOT, ...(project === undefined ? [] : [project])],
    env: { ...personOf(folder), LIBGL_ALWAYS_SOFTWARE: '1' },
    cwd: folder,
  })
  const page = await application.firstWindow()
  return { page, application, link: null, close: () => endDesktop(application) }
}

/** Ends the application as the system does when it shuts down, where nobody is asked about a run that goes on. */
async function endDesktop(application: ElectronApplication): Promise<void> {
  const main = application.process()
  if (main.exitCode !== null || main.signalCode !== null) return
  const ended = new Promise((done) => main.once('exit', done))
  main.kill('SIGTERM')
  await Promise.race([ended, new Promise((done) => setTimeout(done, 10_000))])
  main.kill('SIGKILL')
}

/** The environment of a person whose home is the test's own folder. */
export function personOf(folder: string): Record<string, string> {
  const own = ['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME']
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || own.includes(name) ? [] : [[name, value] as const],
  )
  return { ...Object.fromEntries(kept), HOME: join(folder, 'home') }
}

/** A folder that the application, which may run as another user, can write to. */
export async function ownFolder(path: string): Promise<string> {
  await mkdir(join(path, 'home'), { recursive: true })
  if (process.getuid?.() !== 0) return path
  for (const folder of [path, join(path, 'home')]) {
    await chmod(folder, 0o777)
    await chown(folder, NOBODY, NOBODY)
  }
  return path
}

/** Gives everything below a folder to the user the application runs as. */
export async function ownAll(folder: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  for (const name of ['', ...(await readdir(folder, { recursive: true }))]) {
    // The window runs already, and what it makes for a moment is its own.
    await lchown(join(folder, name), NOBODY, NOBODY).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    })
  }
}
