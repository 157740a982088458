import { afterAll, beforeAll, expect, describe, it } from 'vitest'
import type { Network } from './network'
import { failure, makePlace, QUICK, readRanges, type Place } from './network-fixture'
import type { Outcome } from './testing/answer'

let place: Place
beforeAll(async () => {
  place = await makePlace(1000)
})
afterAll(() => place.close())

const read = (network: Network, url: string): Promise<Uint8Array[]> =>
  readRanges(network, url, [{ offset: 0, length: 9 }])

const BUSY: Outcome = { kind: 'other', status: 503 }

describe('a host that asks to wait', () => {
  it('is left alone by all requests until then', async () => {
    const times: number[] = []
    let busy = true
    const server = await place.serve({
      special: () => {
        times.push(performance.now())
        if (!busy) return null
        busy = false
        return { kind: 'other', status: 429, headers: { 'retry-after': '0.5' } }
      },
    })
    const network = place.network({ connections: 1 })
    // Addresses of their own, so that no request is another's; with one connection the others wait for a slot.
    await Promise.all([0, 1, 2].map((i) => read(network, `${server.url}/files/a.bin?${i}`)))
    expect(times.length).toBe(4)
    for (const time of times.slice(1)) expect(time - times[0]).toBeGreaterThanOrEqual(490)
  })
})

describe('a host that fails again and again', () => {
  const down = { ...QUICK, tries: 2, failuresUntilDown: 3, timeUntilDown: 0 }

  it('is not asked any more, and the requests fail at once', async () => {
    const server = await place.serve({ special: () => BUSY })
    const network = place.network({ retry: { ...down, trialEvery: 60_000 } })
    for (let i = 0; i < 3; i++) await failure(read(network, `${server.url}/files/${i}.tif`))
    expect(network.counters.requests).toBe(6)
    const error = await failure(read(network, `${server.url}/files/3.tif`))
    expect(network.counters.requests).toBe(6)
    expect(error).toMatchObject({ tag: 'source-busy', context: { attempts: 0, status: 503, item: 'scene' } })
    expect(error.file).toBe(`${server.url}/files/3.tif`)
    expect(error.message).toContain('after many failures')
  })

  it('is tried once now and then, and asked as usual when it is back', async () => {
    let isUp = false
    const server = await place.serve({ special: () => (isUp ? null : BUSY) })
    const network = place.network({ retry: { ...down, trialEvery: 0 } })
    for (let i = 0; i < 4; i++) await failure(read(network, `${server.url}/files/${i}.tif`))
    // The fourth was a trial: one try.
    expect(network.counters.requests).toBe(7)
    isUp = true
    const [bytes] = await read(network, `${server.url}/files/a.bin`)
    expect(Buffer.from(bytes).equals(place.content.subarray(0, 9))).toBe(true)
    isUp = false
    await failure(read(network, `${server.url}/files/5.tif`))
    expect(network.counters.requests).toBe(10)
  })

  it('is not one that answers in between, be it that a file is not there', async () => {
    const server = await place.serve({ special: ({ url }) => (url.pathname.includes('busy') ? BUSY : null) })
    const network = place.network({ retry: { ...down, trialEvery: 60_000 } })
    for (let i = 0; i < 4; i++) {
      const error = await failure(read(network, `${server.url}/files/busy${i}.tif`))
      expect(error.context.attempts).toBe(2)
      expect((await failure(read(network, `${server.url}/files/missing${i}.tif`))).tag).toBe('asset-missing')
    }
  })
})
