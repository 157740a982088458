import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CacheStore } from './cache-store'
import type { Network } from './network'
import { CALM, makePlace, ORIGIN, readRanges, type Place } from './network-fixture'

const RANGES = [
  { offset: 100_000, length: 5000 },
  { offset: 106_000, length: 5000 },
  { offset: 250_000, length: 5000 },
  { offset: 399_000, length: 5000 },
]
let place: Place
let folders = 0

beforeAll(async () => {
  place = await makePlace()
})
afterAll(() => place.close())

const newFolder = (): string => join(place.folder, `cache-${folders++}`)
const caching = (folder: string, log: string[] = []): Network =>
  place.network({ cache: { folder, maxBytes: 1e8 }, log: (message) => log.push(message) })

async function entries(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  return names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
}

function expectContent(parts: readonly Uint8Array[]): void {
  for (const [i, { offset, length }] of RANGES.entries()) {
    expect(Buffer.compare(parts[i], place.content.subarray(offset, offset + length))).toBe(0)
  }
}

describe('the cache of files on servers', () => {
  it('spares a later run all requests, however its ranges are put together', async () => {
    const server = await place.serve()
    const url = `${server.url}/files/a.bin`
    const folder = newFolder()
    const first = caching(folder)
    expectContent(await readRanges(first, url, RANGES))
    await first.close()
    expect(server.counters.range).toBe(4)

    const second = caching(folder)
    const source = await second.openSource(`${url}?sig=other`, ORIGIN, CALM)
    const parts: Uint8Array[] = []
    for (const range of RANGES) parts.push(...(await source.read([range], CALM)))
    expectContent(parts)
    expect(second.counters).toEqual({ requests: 0, retries: 0, bytesReceived: 0, cacheHits: 5 })
    expect(server.counters.range).toBe(4)
  })

  it('serves what another process has written meanwhile', async () => {
    const server = await place.serve()
    const url = `${server.url}/files/a.bin`
    const folder = newFolder()
    const [one, other] = [caching(folder), caching(folder)]
    await readRanges(one, url, RANGES)
    await one.flush()
    expectContent(await readRanges(other, url, RANGES))
    expect(other.counters.requests).toBe(0)
  })

  it('fetches damaged and cut entries anew', async () => {
    const server = await place.serve()
    const url = `${server.url}/files/a.bin`
    const folder = newFolder()
    const first = caching(folder)
    await readRanges(first, url, RANGES)
    await first.close()
    for (const [i, path] of (await entries(folder)).entries()) {
      const content = await readFile(path)
      content[content.length - 3] ^= 1
      await writeFile(path, i % 2 === 0 ? content : content.subarray(0, i * 10))
    }
    const second = caching(folder)
    expectContent(await readRanges(second, url, RANGES))
    expect(second.counters).toMatchObject({ requests: 4, cacheHits: 0 })
    await second.close()
    const third = caching(folder)
    expectContent(await readRanges(third, url, RANGES))
    expect(third.counters.requests).toBe(0)
  })

  it('does without where it cannot be written, and says so once', async () => {
    const server = await place.serve()
    const blocked = join(place.folder, 'a-file')
    await writeFile(blocked, '')
    const log: string[] = []
    const network = caching(join(blocked, 'cache'), log)
    expectContent(await readRanges(network, `${server.url}/files/a.bin`, RANGES))
    await network.close()
    expect(log).toHaveLength(1)
  })

  it('does not hold what it is not allowed to', async () => {
    const network = place.network({ cache: { folder: newFolder(), maxBytes: 0 } })
    const server = await place.serve()
    await readRanges(network, `${server.url}/files/a.bin`, RANGES)
    await network.close()
  })
})

describe('the store of entries', () => {
  const name = (i: number): string =>
    `${(i * 37).toString(16).padStart(2, '0').slice(-2)}${'0'.repeat(30)}${i}`
  const bytes = new Uint8Array(10_000).fill(5)

  it('stays below its limit and forgets what was used longest ago, with several at work', async () => {
    const folder = newFolder()
    const limit = 400_000
    const stores = [1, 2].map(() => new CacheStore(folder, limit, () => undefined))
    for (let i = 0; i < 40; i++) stores[0].put(name(i), { facts: '', bytes })
    await stores[0].flush()
    for (let i = 0; i < 40; i++) {
      const path = join(folder, name(i).slice(0, 2), name(i))
      const used = new Date(Date.now() - (i % 2 === 0 ? 1e6 : 1e7) - i * 1000)
      await utimes(path, used, used).catch(() => undefined)
    }
    for (let i = 40; i < 60; i++) stores[i % 2].put(name(i), { facts: '', bytes })
    await Promise.all(stores.map((store) => store.flush()))
    let total = 0
    for (const path of await entries(folder)) total += (await stat(path)).size
    expect(total).toBeLessThanOrEqual(limit)
    expect(total).toBeGreaterThan(limit / 2)
    const kept = await Promise.all(Array.from({ length: 60 }, (_, i) => stores[0].get(name(i))))
    expect(kept.slice(50).every((entry) => entry !== null)).toBe(true)
    const evenKept = kept.slice(0, 40).filter((entry, i) => entry !== null && i % 2 === 0).length
    const oddKept = kept.slice(0, 40).filter((entry, i) => entry !== null && i % 2 === 1).length
    expect(evenKept).toBeGreaterThan(oddKept)
  })

  it('marks entries as used when they are read', async () => {
    const folder = newFolder()
    const store = new CacheStore(folder, 1e6, () => undefined)
    store.put(name(1), { facts: 'x', bytes })
    await store.flush()
    const path = join(folder, name(1).slice(0, 2), name(1))
    const old = new Date(Date.now() - 3_600_000)
    await utimes(path, old, old)
    expect((await store.get(name(1)))?.facts).toBe('x')
    await expect.poll(async () => Date.now() - (await stat(path)).mtimeMs).toBeLessThan(60_000)
  })

  it('gives back what is still to be written, and leaves no halves behind', async () => {
    const folder = newFolder()
    const store = new CacheStore(folder, 1e6, () => undefined)
    store.put(name(1), { facts: '', bytes })
    expect(await store.get(name(1))).not.toBeNull()
    await store.flush()
    expect((await entries(folder)).map((path) => basename(path))).toEqual([name(1)])
    await store.delete(name(1))
    expect(await store.get(name(1))).toBeNull()
  })
})
