import { createServer } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { failure, makePlace, readRanges, type Place } from './network-fixture'

let place: Place

beforeAll(async () => {
  place = await makePlace()
})
afterEach(() => {
  vi.unstubAllEnvs()
})
afterAll(() => place.close())

/** A proxy that leads everything to one port of this machine, or nowhere. */
async function startProxy(port: number | null): Promise<{ url: string; asked: string[]; close: () => void }> {
  const asked: string[] = []
  const server = createServer().on('connect', (request, client) => {
    asked.push(request.url ?? '')
    client.on('error', () => undefined)
    if (port === null) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    const target = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      target.pipe(client).pipe(target)
    })
    target.on('error', () => client.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, asked, close: () => server.close() }
}

it('goes through the proxy of the environment, but not to this machine', async () => {
  const server = await place.serve()
  const proxy = await startProxy(Number(new URL(server.url).port))
  vi.stubEnv('http_proxy', proxy.url)
  const network = place.network()
  const [far] = await readRanges(network, 'http://imagery.invalid/files/a.bin', [{ offset: 5, length: 9 }])
  expect(Buffer.compare(far, place.content.subarray(5, 14))).toBe(0)
  expect(proxy.asked).toEqual(['imagery.invalid:80'])
  await readRanges(network, `${server.url}/files/a.bin`, [{ offset: 5, length: 9 }])
  expect(proxy.asked).toHaveLength(1)
  await network.close()
  proxy.close()
})

it('says when the proxy does not let it through', async () => {
  const proxy = await startProxy(null)
  vi.stubEnv('http_proxy', proxy.url)
  const network = place.network()
  const error = await failure(readRanges(network, 'http://imagery.invalid/x', [{ offset: 5, length: 9 }]))
  expect(error).toMatchObject({ tag: 'source-unreachable', context: { attempts: 4 } })
  expect(error.message).toContain('407')
  expect(JSON.stringify(error.toJSON())).not.toContain('secret')
  proxy.close()
})

it('refuses an address of a proxy that is none, without repeating it', () => {
  vi.stubEnv('http_proxy', 'http://user:secret@:99999')
  expect(() => place.network()).toThrow(expect.objectContaining({ tag: 'usage' }) as Error)
})
