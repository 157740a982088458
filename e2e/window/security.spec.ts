import type { Page } from '@playwright/test'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { expect, test } from './fixtures'

/** What browsers write to the console when they refuse something; here that is the point. */
const REFUSALS = [/^error: .*(Content Security Policy|Refused|Not allowed|Failed to load resource)/s]

const PRELOAD = resolve(import.meta.dirname, '../../dist/preload/preload.cjs')

/** A second preload for our own page, which passes anything on: what a page could do at worst. */
const RAW_ACCESS = `
  const { contextBridge, ipcRenderer } = require('electron')
  const canReadFiles = () => { try { return require('fs') !== undefined } catch { return false } }
  contextBridge.exposeInMainWorld('raw', {
    world: { sandboxed: process.sandboxed, isolated: process.contextIsolated, files: canReadFiles() },
    drop: (...words) => ipcRenderer.invoke('studio-dropped', ...words).then(String, () => 'refused'),
    connect: (word, count) => {
      const channels = Array.from({ length: count }, () => new MessageChannel())
      ipcRenderer.postMessage('studio-connect', word, channels.map(({ port1 }) => port1))
      return Promise.all(channels.map(({ port2 }) => new Promise((done) => {
        port2.addEventListener('close', () => done('refused'))
        port2.onmessage = () => done('answered')
        port2.postMessage('{"i":"1","p":{"u":"/studio/watch"}}')
      })))
    },
  })`

test.beforeEach(async ({ window, expected }) => {
  expected.push(...REFUSALS)
  await expect(window.page.getByRole('button', { name: 'Open sample project' })).toBeVisible()
})

/** Says something on a line of its own to the studio. @returns what is answered; "cut" where the line is cut */
function say(page: Page, message: unknown): Promise<string> {
  return page.evaluate(`new Promise((done) => {
    const message = ${JSON.stringify(message)}
    setTimeout(() => done('silence'), 5000)
    if (window.studioBridge === undefined) {
      const line = new WebSocket(new URL('studio', location.href).href.replace('http', 'ws'))
      line.onclose = () => done('cut')
      line.onmessage = ({ data }) => done(data)
      line.onopen = () => line.send(typeof message === 'string' ? message : new Uint8Array([123, 125]))
    } else {
      window.addEventListener('message', ({ ports: [port] }) => {
        port.addEventListener('close', () => done('cut'))
        port.onmessage = ({ data }) => done(data)
        port.postMessage(message)
      }, { once: true })
      window.studioBridge.connect()
    }
  })`)
}

const call = (address: string, input: unknown): string =>
  JSON.stringify({ i: '1', p: { u: address, b: { json: input } } })

test('the page has nothing of Node, and of the desktop only its bridge', async ({
  window: { page },
  face,
}) => {
  const names = ['process', 'require', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron']
  const found = await page.evaluate(`${JSON.stringify(names)}.filter((name) => name in globalThis)`)
  expect(found).toEqual([])
  const bridge = await page.evaluate('Object.keys(window.studioBridge ?? {}).sort()')
  expect(bridge).toEqual(face === 'desktop' ? ['connect', 'pathsOf'] : [])
})

test('the page runs no scripts but its own, and reaches no other place', async ({ window: { page } }) => {
  // In a timer, because what a debugger evaluates is not bound by the policy.
  const tried = await page.evaluate(`new Promise((done) => setTimeout(async () => {
    const tried = []
    const attempt = async (what) => { try { tried.push(await what()) } catch { tried.push('refused') } }
    await attempt(() => eval('"evaluated"'))
    await attempt(() => { const script = document.createElement('script')
      script.textContent = 'globalThis.wasRun = true'
      document.body.append(script)
      return globalThis.wasRun ? 'run' : 'refused' })
    await attempt(() => new Promise((load, fail) => { const script = document.createElement('script')
      script.src = 'data:text/javascript,1'
      script.onload = () => load('loaded')
      script.onerror = fail
      document.body.append(script) }))
    for (const address of ['https://example.org/', 'http://127.0.0.1:1/', 'file:///etc/passwd'])
      await attempt(() => fetch(address).then(() => 'fetched'))
    await attempt(() => new Promise((load, fail) => { const picture = new Image()
      picture.onload = () => load('shown')
      picture.onerror = fail
      picture.src = 'https://example.org/picture.png' }))
    await attempt(() => { const frame = document.createElement('iframe')
      frame.src = location.href
      document.body.append(frame)
      return new Promise((load) => { frame.onload = () => load(frame.contentDocument === null ? 'refused' : 'framed') }) })
    done(tried)
  }, 0))`)
  expect(tried).toEqual(Array.from({ length: 8 }, () => 'refused'))
})

test('a line that brings no call is cut, and the window works on', async ({ window: { page } }) => {
  for (const message of [
    'hello',
    { i: '1', p: { u: '/studio/watch' } },
    null,
    '{"i":"1","p":{"u":"http://elsewhere.example/studio/watch"}}',
    '{"i":"1","p":{"u":"/project/open","h":{"content-type":"multipart/form-data"}}}',
    call('/project/open', 'x'.repeat(1024 * 1024)),
  ]) {
    expect(await say(page, message), JSON.stringify(message).slice(0, 80)).toBe('cut')
  }
  await page.reload()
  await expect(page.getByRole('button', { name: 'Open sample project' })).toBeVisible()
})

test('a call in the wrong form, or of a place that nobody chose, is refused', async ({
  window: { page },
}) => {
  expect(await say(page, call('/project/open', { folder: 5 }))).toContain('BAD_REQUEST')
  expect(await say(page, call('/nothing/such', {}))).toContain('404')
  for (const address of ['/project/open', '/project/create']) {
    expect(await say(page, call(address, { folder: '/etc' })), address).toContain('path-not-allowed')
  }
})

test.describe('in the desktop window', () => {
  test.skip(({ face }) => face !== 'desktop')

  test('permissions are denied, but text can be copied', async ({ window: { page } }) => {
    const answers = await page.evaluate(`(async () => [
      await Notification.requestPermission(),
      await new Promise((done) => navigator.geolocation.getCurrentPosition(() => done('granted'), () => done('denied'))),
      await navigator.clipboard.readText().then(() => 'granted', () => 'denied'),
      (await navigator.permissions.query({ name: 'midi' })).state,
    ])()`)
    expect(answers).toEqual(['denied', 'denied', 'denied', 'denied'])
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<button id="copy">Copy text</button>');
      document.getElementById('copy').onclick = ({ target }) => navigator.clipboard.writeText('text').then(
        () => target.replaceChildren('copied'), (error) => target.replaceChildren(error.message))`)
    await page.locator('#copy').click()
    await expect(page.locator('#copy')).toHaveText('copied')
  })

  test('the page is sandboxed, and messages in other forms are refused and noted', async ({
    window: { page },
    started,
    folder,
  }) => {
    const raw = join(folder, 'raw.cjs')
    await writeFile(raw, RAW_ACCESS)
    await started.application?.evaluate(({ session }, filePath) => {
      // The second one is what there was before Electron 35.
      const way: Partial<Pick<typeof session.defaultSession, 'registerPreloadScript'>> & {
        setPreloads?: (paths: string[]) => void
      } = session.defaultSession
      if (way.registerPreloadScript === undefined) way.setPreloads?.([filePath])
      else way.registerPreloadScript({ type: 'frame', filePath })
    }, raw)
    await page.reload()
    expect(await page.evaluate('window.raw.world')).toEqual({ sandboxed: true, isolated: true, files: false })
    const drop = (...words: unknown[]): Promise<unknown> =>
      page.evaluate(`window.raw.drop(...${JSON.stringify(words)})`)
    for (const words of [[], [5], ['/etc'], [[5]], [['etc']], [['/etc'], 1], [Array(1001).fill('/etc')]]) {
      expect(await drop(...words), JSON.stringify(words).slice(0, 40)).toBe('refused')
    }
    expect(await drop([folder])).toBe(folder)
    expect(await page.evaluate('window.raw.connect(null, 1)')).toEqual(['answered'])
    expect(await page.evaluate('window.raw.connect(5, 1)')).toEqual(['refused'])
    expect(await page.evaluate('window.raw.connect(null, 2)')).toEqual(['refused', 'refused'])
    const log = await readFile(join(folder, 'home/.config/gedi-dataset-studio/studio/window.log'), 'utf8')
    expect(log.match(/Refused: studio-dropped/g)).toHaveLength(7)
    expect(log.match(/Refused: studio-connect/g)).toHaveLength(2)
  })

  test('messages of another page are refused', async ({ started: { application } }) => {
    const answers = await application?.evaluate(async ({ BrowserWindow }, preload) => {
      const other = new BrowserWindow({ show: false, webPreferences: { preload } })
      await other.loadURL('app://studio/index.html')
      const answer: unknown = await other.webContents.executeJavaScript(`Promise.all([
        window.studioBridge.pathsOf([]).then(() => 'answered', () => 'refused'),
        new Promise((done) => {
          window.addEventListener('message', ({ ports: [port] }) => {
            port.addEventListener('close', () => done('refused'))
            port.onmessage = () => done('answered')
            port.postMessage('{"i":"1","p":{"u":"/studio/watch"}}')
          }, { once: true })
          window.studioBridge.connect()
        }),
      ])`)
      other.destroy()
      return answer
    }, PRELOAD)
    expect(answers).toEqual(['refused', 'refused'])
  })

  test('only what was dropped has a path', async ({ window: { page }, folder }) => {
    await writeFile(join(folder, 'granule.h5'), '')
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', '<input type="file" id="drop" />')`)
    await page.locator('#drop').setInputFiles(join(folder, 'granule.h5'))
    const paths = await page.evaluate(
      `window.studioBridge.pathsOf([...document.getElementById('drop').files, new File(['x'], '/etc/passwd')])`,
    )
    expect(paths).toEqual([join(folder, 'granule.h5')])
    const forged = await page.evaluate(
      `Promise.resolve().then(() => window.studioBridge.pathsOf(['/etc/passwd'])).then(() => 'allowed', () => 'refused')`,
    )
    expect(forged).toBe('refused')
  })

  test('the scheme gives the page and nothing around it', async ({ window: { page } }) => {
    const status = (address: string): Promise<unknown> =>
      page.evaluate(`fetch(${JSON.stringify(address)}).then(({ status }) => status)`)
    expect(await status('app://studio/index.html')).toBe(200)
    for (const path of [
      '/../package.json',
      '/%2e%2e/main/app.js',
      '/..%2fmain%2fapp.js',
      '//etc/passwd',
      '/data/../x',
    ]) {
      expect(await status(`app://studio${path}`), path).toBe(404)
    }
    expect(
      await page.evaluate(
        `fetch('app://studio/index.html', { method: 'POST' }).then(({ status }) => status)`,
      ),
    ).toBe(405)
  })

  test('windows are not opened and other places not gone to', async ({ window: { page }, started }) => {
    const opened = await page.evaluate(
      `['https://example.org/', 'app://studio/index.html', 'about:blank'].map((address) => window.open(address))`,
    )
    expect(opened).toEqual([null, null, null])
    for (const address of [
      'https://example.org/',
      'file:///etc/passwd',
      'data:text/html,elsewhere',
      'app://studio/data/files/report.json',
      'app://other/index.html',
    ]) {
      await page.evaluate(`void (location.href = ${JSON.stringify(address)})`)
      await page.evaluate(`new Promise((done) => setTimeout(done, 200))`)
    }
    const shown = await started.application?.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
    )
    expect(shown).toEqual(['app://studio/index.html'])
  })
})

test.describe('in the browser', () => {
  test.skip(({ face }) => face !== 'served')

  test('the token is gone from the address, and its cookie is out of reach of scripts', async ({
    window: { page },
    started,
  }) => {
    expect(started.link).toContain('#token=')
    await expect(page).toHaveURL(started.link?.split('#')[0] ?? '')
    expect(await page.evaluate('document.cookie')).toBe('')
    await page.reload()
    await expect(page.getByRole('button', { name: 'Open sample project' })).toBeVisible()
  })

  test('without the right token there is only word of where to find it', async ({ window, started }) => {
    const address = started.link?.split('#')[0] ?? ''
    const browser = window.page.context().browser()
    for (const link of [address, `${address}#token=${'a'.repeat(43)}`]) {
      const stranger = await browser?.newContext()
      const page = await stranger?.newPage()
      await page?.goto(link)
      await expect(page?.getByRole('heading', { name: 'This page needs its link' }) ?? never()).toBeVisible()
      const data = await page?.request.get(`${address}data/files/report.json`)
      expect(data?.status()).toBe(401)
      await stranger?.close()
    }
  })

  test('another site in the same browser gets nothing, cookie or not', async ({ window, started }) => {
    const address = started.link?.split('#')[0] ?? ''
    const foreign = createServer((_, answer) =>
      answer.setHeader('Content-Type', 'text/html').end('<p>Elsewhere</p>'),
    )
    await new Promise<void>((done) => foreign.listen(0, '127.0.0.1', done))
    const { port } = foreign.address() as AddressInfo
    const page = await window.page.context().newPage()
    // The same name on another port: cookies know no ports, so the browser sends ours along.
    await page.goto(`http://127.0.0.1:${port}/`)
    const tried = await page.evaluate(`(async (address) => [
      await fetch(address + 'data/files/report.json', { credentials: 'include' }).then(() => 'read', () => 'refused'),
      await fetch(address + 'session', { method: 'POST', credentials: 'include', body: '{}' }).then(() => 'read', () => 'refused'),
      await fetch(address + 'data/files/report.json', { credentials: 'include', mode: 'no-cors' }).then(() => 'sent', () => 'refused'),
      await new Promise((done) => {
        const line = new WebSocket(address.replace('http', 'ws') + 'studio')
        line.onopen = () => done('open')
        line.onerror = () => done('refused')
      }),
      await new Promise((done) => {
        const frame = document.createElement('iframe')
        frame.src = address
        frame.onload = () => { try { void frame.contentWindow.location.href; done('blank') } catch { done('refused') } }
        document.body.append(frame)
      }),
    ])(${JSON.stringify(address)})`)
    expect(tried).toEqual(Array.from({ length: 5 }, () => 'refused'))
    await page.close()
    await new Promise((done) => foreign.close(done))
  })

  test('the folders that are served are all that can be looked into', async ({
    window: { page },
    folder,
  }) => {
    const browse = (path: string): Promise<string> =>
      say(page, call('/places/browse', { path, kind: 'project' }))
    expect(await browse(folder)).toContain(folder)
    for (const path of ['/', '/etc', join(folder, '..'), `${folder}-other`]) {
      expect(await browse(path), path).toContain('path-not-allowed')
    }
  })
})

function never(): never {
  throw new Error('The browser has no page.')
}
