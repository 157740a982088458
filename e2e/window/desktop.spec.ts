import type { ElectronApplication } from '@playwright/test'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { cutProject } from './cut-project'
import { expect, test } from './fixtures'
import type { Window } from './window-page'

const ROOT = resolve(import.meta.dirname, '../..')
const SAMPLE = 'home/.config/gedi-dataset-studio/studio/sample-project'

test.skip(({ face }) => face !== 'desktop')

/** Places of the answers in the question that closing during a run asks. */
const ANSWERS = { background: 0, pause: 1, stop: 2, stay: 3 } as const

/** The application of a test in Electron. */
function desktop({ application }: { application: ElectronApplication | null }): ElectronApplication {
  if (application === null) throw new Error('This journey is one of the desktop window.')
  return application
}

/** Closes the window as a person does, and gives an answer to what is asked then. */
async function close(application: ElectronApplication, answer: keyof typeof ANSWERS): Promise<void> {
  await application.evaluate(({ dialog, BrowserWindow }, response) => {
    dialog.showMessageBox = () => Promise.resolve({ response, checkboxChecked: false })
    BrowserWindow.getAllWindows()[0].close()
  }, ANSWERS[answer])
}

const isVisible = (application: ElectronApplication): Promise<boolean> =>
  application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].isVisible())

/** Resolves with the exit status when the application has ended. */
const ending = (application: ElectronApplication): Promise<number | null> =>
  new Promise((done) => application.process().once('exit', (status) => done(status)))

/** Opens the sample project, whose run begins by itself, and waits until it cuts. */
async function cutting(window: Window): Promise<void> {
  await window.openSample()
  await expect(window.stage('Generate')).toHaveAccessibleName(/[1-9]\d* samples/, { timeout: 60_000 })
}

test('a run goes on in the background, until the program is started again', async ({
  window,
  started,
  folder,
}) => {
  const application = desktop(started)
  await cutting(window)
  await close(application, 'stay')
  expect(await isVisible(application)).toBe(true)
  await close(application, 'background')
  await expect.poll(() => isVisible(application)).toBe(false)
  const second = spawn(join(ROOT, 'e2e/window/electron-launcher.sh'), [ROOT], {
    env: { ...process.env, XDG_CONFIG_HOME: undefined, HOME: join(folder, 'home') },
    stdio: 'ignore',
  })
  expect(await new Promise((done) => second.once('exit', done))).toBe(0)
  await expect.poll(() => isVisible(application)).toBe(true)
})

test('a run in the background ends with the program', async ({ window, started, folder }) => {
  const application = desktop(started)
  const ended = ending(application)
  await cutting(window)
  await close(application, 'background')
  expect(await ended).toBe(0)
  expect(existsSync(join(folder, SAMPLE, 'report.json'))).toBe(true)
})

test('stopping takes less than 2 seconds and leaves the project free', async ({
  window,
  started,
  folder,
}) => {
  const application = desktop(started)
  const ended = ending(application)
  await cutting(window)
  const began = performance.now()
  await close(application, 'stop')
  expect(await ended).toBe(0)
  expect(performance.now() - began).toBeLessThan(2000)
  expect(existsSync(join(folder, SAMPLE, 'run.lock'))).toBe(false)
})

test('pausing finishes what is in work before it quits', async ({ window, started, folder }) => {
  const application = desktop(started)
  const ended = ending(application)
  await cutting(window)
  await close(application, 'pause')
  expect(await ended).toBe(0)
  expect(existsSync(join(folder, SAMPLE, 'run.lock'))).toBe(false)
})

test('a page that crashes comes back, and the run does not notice', async ({ window, started }) => {
  const application = desktop(started)
  const state = (): Promise<{ title: string; crashed: boolean; loading: boolean }> =>
    application.evaluate(({ BrowserWindow }) => {
      const [{ webContents }] = BrowserWindow.getAllWindows()
      return {
        title: webContents.getTitle(),
        crashed: webContents.isCrashed(),
        loading: webContents.isLoading(),
      }
    })
  const crash = (): Promise<void> =>
    application.evaluate(({ BrowserWindow }) => {
      const [{ webContents }] = BrowserWindow.getAllWindows()
      const gone = new Promise<void>((done) => webContents.once('render-process-gone', () => done()))
      webContents.forcefullyCrashRenderer()
      return gone
    })
  await cutting(window)
  await crash()
  const loaded = { title: 'Sample – GEDI Dataset Studio', crashed: false, loading: false }
  await expect.poll(state, { timeout: 30_000 }).toEqual(loaded)
  const text: unknown = await application.evaluate(({ BrowserWindow }): Promise<unknown> =>
    BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(`new Promise((done) => {
      const look = () => /samples/.test(document.body.innerText) ? done('samples') : setTimeout(look, 100)
      look()
    })`),
  )
  expect(text).toBe('samples')
  await crash()
  await expect.poll(state, { timeout: 30_000 }).toEqual({ ...loaded, title: 'The window stopped working' })
})

test('the window opens where it was', async ({ start }) => {
  const first = await start()
  await expect(first.window.button('Open sample project')).toBeVisible()
  const bounds = { x: 60, y: 40, width: 1100, height: 700 }
  await desktop(first.started).evaluate(
    ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0].setBounds(wanted),
    bounds,
  )
  const placed = (application: ElectronApplication): Promise<typeof bounds> =>
    application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getBounds())
  await expect.poll(() => placed(desktop(first.started))).toEqual(bounds)
  const ended = ending(desktop(first.started))
  await desktop(first.started).evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close())
  expect(await ended).toBe(0)
  const second = await start()
  await expect.poll(() => placed(desktop(second.started))).toEqual(bounds)
})

/** Chooses an item of the native menu, whose label may go on after what is given. */
const choose = (application: ElectronApplication, menu: string, item: string): Promise<void> =>
  application.evaluate(
    ({ Menu }, [menuLabel, itemLabel]) => {
      const found = Menu.getApplicationMenu()?.items.find(({ label }) => label === menuLabel)
      found?.submenu?.items.find(({ label }) => label.startsWith(itemLabel))?.click()
    },
    [menu, item],
  )

/** The labels of a native menu. */
const labelsOf = (application: ElectronApplication, menu: string): Promise<string[]> =>
  application.evaluate(({ Menu }, menuLabel) => {
    const found = Menu.getApplicationMenu()?.items.find(({ label }) => label === menuLabel)
    return found?.submenu?.items.map(({ label }) => label) ?? []
  }, menu)

test('the menu names what it undoes: marks while Review is shown, settings elsewhere', async ({
  start,
  folder,
}) => {
  const { window, started } = await start({ project: await cutProject(folder, 'run') })
  const application = desktop(started)
  const { page } = window
  const edits = (): Promise<string[]> => labelsOf(application, '&Edit')
  await window.show('Filter')
  const name = page.getByRole('textbox', { name: 'Project name' })
  await name.fill('Woods')
  await name.press('Enter')
  await expect.poll(edits).toContain('Undo Name')
  await window.show('Review')
  await expect.poll(edits).toContain('Undo')
  await page
    .getByRole('option', { name: /^Shot/ })
    .nth(2)
    .click({ modifiers: ['Shift'] })
  await page.keyboard.press('x')
  await expect.poll(edits).toContain('Undo Exclude 3 samples')
  await choose(application, '&Edit', 'Undo Exclude')
  await expect(page.getByRole('region', { name: 'Marks' })).toContainText('0 kept, 0 excluded')
  await expect.poll(edits).toContain('Redo Exclude 3 samples')
  await window.show('Fuse')
  await expect.poll(edits).toContain('Undo Name')
  await choose(application, '&Edit', 'Undo Name')
  await expect(name).toHaveValue('project')
})

test('the menu leads through the window, and undoes in a field what was typed there', async ({
  window,
  started,
}) => {
  const application = desktop(started)
  await expect(window.button('Open sample project')).toBeEnabled()
  await choose(application, '&File', 'Open Sample Project')
  await expect(window.page.getByRole('navigation', { name: 'Steps' })).toBeVisible()
  await choose(application, '&View', 'Subset')
  await expect(window.page.getByRole('heading', { level: 1, name: 'Subset' })).toBeVisible()
  await choose(application, '&View', 'Commands…')
  const field = window.page.getByRole('dialog').getByRole('textbox')
  await field.pressSequentially('fil')
  await choose(application, '&Edit', 'Undo')
  await expect(field).not.toHaveValue('fil')
})
