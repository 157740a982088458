import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import type { contract } from '../src-shared/api/contract'
import { gediDataset, temporaryFolder } from './command-line'

const CLI = resolve(import.meta.dirname, '../dist/main/cli.js')

interface Server {
  link: URL
  said: () => string
  /** Presses Ctrl-C. @returns exit status and seconds until then */
  interrupt(): Promise<{ status: number | null; seconds: number }>
}

/** Starts `gedi-dataset serve` with a home folder of its own, and waits for its link. */
async function serve(home: string, ...words: string[]): Promise<Server> {
  const child = spawn(process.execPath, [CLI, 'serve', ...words], {
    env: { ...process.env, XDG_CONFIG_HOME: undefined, HOME: home },
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = new Promise<number | null>((done) => child.on('close', done))
  let [out, said] = ['', '']
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const line = await new Promise<string>((done, failed) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text
      if (out.includes('\n')) done(out)
    })
    child.on('close', () => failed(new Error(said)))
  })
  expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/)
  return {
    link: new URL(line.trim()),
    said: () => said,
    interrupt: async () => {
      const began = performance.now()
      child.kill('SIGINT')
      return { status: await ended, seconds: (performance.now() - began) / 1000 }
    },
  }
}

/** Does what the page does with the link: exchanges the token and connects. */
async function enter({ origin, host, hash }: URL): Promise<ContractRouterClient<typeof contract>> {
  const answer = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { Origin: origin },
    body: JSON.stringify({ token: hash.replace('#token=', '') }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const line = new WebSocket(`ws://${host}/studio`, { headers: { Origin: origin, Cookie: cookie } })
  await new Promise((done, failed) => line.on('open', done).on('error', failed))
  return createORPCClient(new RPCLink({ websocket: line as unknown as globalThis.WebSocket }))
}

describe('gedi-dataset serve', () => {
  it('prints a link that leads to the page and into the studio', async () => {
    const home = temporaryFolder('serve')
    const server = await serve(home, '--port', '0')
    const page = await fetch(new URL('/', server.link))
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self' 'wasm-unsafe-eval'")
    expect(await page.text()).not.toContain('%CSP_NONCE%')
    const studio = await enter(server.link)
    const states = await studio.studio.watch()
    expect((await states.next()).value).toMatchObject({ face: 'served', project: null, recent: [] })
    const listing = await studio.places.browse({ path: null, kind: 'project' })
    expect(listing.path).toBe(home)
    await expect(studio.places.browse({ path: homedir(), kind: 'project' })).rejects.toMatchObject({
      data: { tag: 'path-not-allowed' },
    })
    expect((await server.interrupt()).status).toBe(0)
  })

  it('stops a run within 2 seconds when it is interrupted, and says so', async () => {
    const home = temporaryFolder('serve-run')
    const server = await serve(home, '--port', '0')
    const studio = await enter(server.link)
    await studio.project.openSample()
    for await (const { status, funnel } of await studio.run.watch()) {
      if (status === 'running' && funnel.train.samples > 0) break
    }
    const { status, seconds } = await server.interrupt()
    expect(status).toBe(130)
    expect(seconds).toBeLessThan(2)
    expect(server.said()).toContain('The run was cancelled; what was finished stays.')
    expect(existsSync(join(home, '.config/gedi-dataset-studio/studio/sample-project/run.lock'))).toBe(false)
  })

  it('warns where others can reach it', async () => {
    const server = await serve(temporaryFolder('serve-host'), '--port', '0', '--host', '0.0.0.0')
    await expect.poll(() => server.said()).toContain('nothing is encrypted')
    await server.interrupt()
  })

  it('says what is wrong with its options', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((done) => taken.once('listening', done))
    const { port } = taken.address() as AddressInfo
    const busy = await gediDataset('serve', '--port', String(port))
    taken.close()
    expect([busy.status, busy.out]).toEqual([2, ''])
    expect(busy.err).toContain('Another program uses this port; give another one with --port.')
    for (const port of ['many', '-1', '65536', '80.5']) {
      const wrong = await gediDataset('serve', '--port', port)
      expect(wrong.status, port).toBe(2)
      expect(wrong.err).toContain(`${port} is no port. Give a number from 0 to 65535.`)
    }
    const missing = await gediDataset('serve', '--port', '0', '--project', '/nowhere/at/all')
    expect(missing.status).toBe(1)
    expect(missing.err).toContain('/nowhere/at/all')
  })
})
