import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { PageFiles } from '../studio/page-files'
import { StudioLines } from '../studio/studio-lines'
import { listen, type Listening } from './server'

const folder = mkdtempSync(join(tmpdir(), 'gedi-server-'))
writeFileSync(join(folder, 'index.html'), '<title>Studio</title><meta nonce="%CSP_NONCE%" />')
let endedReads = 0

let server: Listening
let port: number
let token: string
let cookie: string

beforeAll(async () => {
  const router = { hello: os.handler(() => 'good day') }
  const respond = (asked: Request): Promise<Response> => {
    const { pathname } = new URL(asked.url)
    if (pathname === '/data/endless') {
      const endless = new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
        cancel: () => {
          endedReads++
        },
      })
      return Promise.resolve(new Response(endless))
    }
    if (pathname === '/data/broken') return Promise.reject(new Error('no such luck'))
    return Promise.resolve(new Response(`data of ${pathname}`, { headers: { 'Content-Type': 'text/csv' } }))
  }
  server = await listen(
    {
      lines: new StudioLines(new RPCHandler(router)),
      page: new PageFiles(folder),
      respond,
      tileOrigin: () => null,
    },
    '127.0.0.1',
    [0],
  )
  const link = new URL(server.link)
  port = Number(link.port)
  token = link.hash.replace('#token=', '')
  const answer = await post(JSON.stringify({ token }))
  cookie = String(answer.headers['set-cookie']?.[0].split(';')[0])
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Asks with the headers as given: unlike fetch, this lets a test forge Host and Origin, and send paths as they are. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }))
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

function post(body: string, headers: Record<string, string> = {}): Promise<Answer> {
  const own = { Origin: `http://127.0.0.1:${port}`, 'Content-Length': String(Buffer.byteLength(body)) }
  return ask('/session', { ...own, ...headers }, 'POST', body)
}

/** Opens a line; resolves with the status it was refused with, or 101 and the open socket. */
function openLine(path: string, headers: Record<string, string>): Promise<[number, WebSocket]> {
  return new Promise((resolve) => {
    const line = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
    line.on('open', () => resolve([101, line]))
    line.on('unexpected-response', (_, { statusCode }) => resolve([statusCode ?? 0, line]))
    line.on('error', () => undefined)
  })
}
const own = (): Record<string, string> => ({ Origin: `http://127.0.0.1:${port}`, Cookie: cookie })
const closing = (line: WebSocket): Promise<number> =>
  new Promise((resolve) => line.on('close', (code) => resolve(code)))

describe('the page', () => {
  it('is given without a token, with its policy and without leave to be embedded', async () => {
    const { status, headers, body } = await ask('/')
    expect(status).toBe(200)
    expect(body).toContain('<title>Studio</title>')
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${port}`)
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  })

  it('is all that its folder gives', async () => {
    writeFileSync(`${folder}-secret.js`, 'secret')
    const name = folder.split('/').at(-1) ?? ''
    for (const path of [`/../${name}-secret.js`, `/..%2f${name}-secret.js`, '/etc/passwd', '//etc/passwd']) {
      expect((await ask(path)).status, path).toBe(404)
    }
    rmSync(`${folder}-secret.js`)
  })

  it('is compressed for browsers that take it so', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { 'Accept-Encoding': 'gzip' } })
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(await answer.text()).toContain('<title>Studio</title>')
    expect((await ask('/')).headers['content-encoding']).toBeUndefined()
    expect((await ask('/missing', { 'Accept-Encoding': 'gzip' })).headers['content-encoding']).toBeUndefined()
  })

  it('answers HEAD without a body', async () => {
    const { status, headers, body } = await ask('/', {}, 'HEAD')
    expect([status, headers['content-type'], body]).toEqual([200, 'text/html; charset=utf-8', ''])
  })
})

describe('the token', () => {
  it('is exchanged for a cookie by the page itself', async () => {
    const { status, headers } = await post(JSON.stringify({ token }))
    expect(status).toBe(204)
    expect(headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict/)
  })

  it.each([
    ['a wrong one', JSON.stringify({ token: 'a'.repeat(43) })],
    ['none', '{}'],
    ['no JSON', 'token'],
    ['nothing', ''],
  ])('is wanted: %s is answered with where to find it', async (_, body) => {
    const { status, headers, body: text } = await post(body)
    expect(status).toBe(401)
    expect(headers['set-cookie']).toBeUndefined()
    expect(text).toContain('Open the link')
  })

  it('is not taken from another site, nor from nowhere', async () => {
    for (const origin of ['http://evil.example', 'null', `http://127.0.0.1:${port + 1}`]) {
      expect((await post(JSON.stringify({ token }), { Origin: origin })).status, origin).toBe(403)
    }
    expect((await ask('/session', { 'Content-Length': '0' }, 'POST')).status).toBe(403)
  })

  it('is not read out of a body without end', async () => {
    expect((await post(JSON.stringify({ token: 'a'.repeat(2000) }))).status).toBe(413)
    const chunked = await ask(
      '/session',
      { Origin: `http://127.0.0.1:${port}`, 'Transfer-Encoding': 'chunked' },
      'POST',
      JSON.stringify({ token }),
    )
    expect(chunked.status).toBe(413)
  })

  it('is asked for at the place of the session, until it was given', async () => {
    expect((await ask('/session')).status).toBe(401)
    const { status, headers } = await ask('/session', { Cookie: cookie })
    expect([status, headers.location]).toEqual([303, './'])
  })
})

describe('data', () => {
  it('is given to the page that has exchanged the token', async () => {
    const { status, headers, body } = await ask('/data/files/report.json?x=1', { Cookie: cookie })
    expect([status, body]).toEqual([200, 'data of /data/files/report.json'])
    expect(headers['content-type']).toBe('text/csv')
    expect(headers['cache-control']).toBe('no-store')
  })

  it('is refused without or with a foreign cookie', async () => {
    const [name] = cookie.split('=')
    for (const given of ['', 'x=1', `${name}=`, `${name}=${'a'.repeat(43)}`, `${name}=${token}`]) {
      const { status, body } = await ask('/data/files/report.json', { Cookie: given })
      expect(status, given).toBe(401)
      expect(body).not.toContain('data of')
    }
  })

  it('is refused to other sites, whatever cookie their visitor has', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const answer = await ask('/data/files/report.json', { Cookie: cookie, 'Sec-Fetch-Site': site })
      expect(answer.status).toBe(403)
    }
  })

  it('is no longer read when the browser goes away', async () => {
    const before = endedReads
    await new Promise<void>((resolve) => {
      const line = connect(port, '127.0.0.1', () => {
        line.write(`GET /data/endless HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n\r\n`)
      })
      line.once('data', () => {
        line.destroy()
        resolve()
      })
    })
    await expect.poll(() => endedReads).toBe(before + 1)
  })

  it('that fails says no more than that', async () => {
    const { status, body } = await ask('/data/broken', { Cookie: cookie })
    expect([status, body]).toEqual([500, 'The server failed at this.\n'])
  })
})

describe('everything', () => {
  it('is refused under a foreign name, even with the cookie', async () => {
    for (const path of ['/', '/data/files/report.json', '/session']) {
      const { status, body } = await ask(path, { Host: `evil.example:${port}`, Cookie: cookie })
      expect([status, body.includes('not served')], path).toEqual([403, true])
    }
  })

  it('takes the methods only that mean something', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE']) {
      const { status, headers } = await ask('/data/files/report.json', { ...own() }, method)
      expect([status, headers.allow], method).toEqual([405, 'GET, HEAD'])
    }
  })
})

describe('the line', () => {
  it('is opened to our page and carries calls', async () => {
    const [status, line] = await openLine('/studio', own())
    expect(status).toBe(101)
    const client: { hello(): Promise<string> } = createORPCClient(
      new RPCLink({ websocket: line as unknown as globalThis.WebSocket }),
    )
    expect(await client.hello()).toBe('good day')
    line.close()
  })

  it.each<[string, number, () => Record<string, string>]>([
    ['without a cookie', 401, () => ({ Origin: `http://127.0.0.1:${port}` })],
    ['with a wrong cookie', 401, () => ({ ...own(), Cookie: cookie.slice(0, -1) })],
    ['from another site', 403, () => ({ ...own(), Origin: 'http://evil.example' })],
    ['from another port of this machine', 403, () => ({ ...own(), Origin: `http://127.0.0.1:${port + 1}` })],
    ['from no page', 403, () => ({ Cookie: cookie })],
    ['under a foreign name', 403, () => ({ ...own(), Host: 'evil.example', Origin: 'http://evil.example' })],
  ])('is refused %s', async (_, wanted, headers) => {
    expect((await openLine('/studio', headers()))[0]).toBe(wanted)
  })

  it('is at its own place only', async () => {
    expect((await openLine('/data/x', own()))[0]).toBe(404)
  })

  it('is cut at what is no message', async () => {
    for (const message of ['hello', Buffer.from('{"i":"1","p":{"u":"/hello"}}')]) {
      const [, line] = await openLine('/studio', own())
      line.send(message)
      expect(await closing(line)).toBe(1008)
    }
  })

  it('is cut at a message that is too long, and others stay', async () => {
    const [, other] = await openLine('/studio', own())
    const [, line] = await openLine('/studio', own())
    line.send('x'.repeat(1024 * 1024 + 1))
    expect(await closing(line)).toBe(1009)
    expect(other.readyState).toBe(WebSocket.OPEN)
    other.close()
  })
})

describe('the port', () => {
  const served = {
    lines: new StudioLines(new RPCHandler({ hello: os.handler(() => 1) })),
    page: new PageFiles(folder),
    respond: () => Promise.resolve(new Response()),
    tileOrigin: () => null,
  }

  it('is the next one where the first is taken', async () => {
    const other = await listen(served, '127.0.0.1', [port, 0])
    expect(Number(new URL(other.link).port)).not.toBe(port)
    await other.close()
  })

  it('is missed with a hint where it was asked for', async () => {
    await expect(listen(served, '127.0.0.1', [port])).rejects.toMatchObject({
      tag: 'usage',
      hint: 'Another program uses this port; give another one with --port.',
    })
  })

  it('is free again after closing, which cuts all lines', async () => {
    const other = await listen(served, '127.0.0.1', [0])
    const at = new URL(other.link)
    const answer = await fetch(new URL('/session', at), {
      method: 'POST',
      headers: { Origin: at.origin },
      body: JSON.stringify({ token: at.hash.replace('#token=', '') }),
    })
    const line = new WebSocket(`ws://${at.host}/studio`, {
      headers: { Origin: at.origin, Cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' },
    })
    await new Promise((resolve) => line.on('open', resolve))
    const closed = closing(line)
    await other.close()
    expect([1001, 1006]).toContain(await closed)
    const again = await listen(served, '127.0.0.1', [Number(at.port)])
    await again.close()
  })
})
