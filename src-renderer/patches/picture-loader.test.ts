import { expect, it } from 'vitest'
import type { SampleRef } from '../../src-shared/api/run-state'
import { PictureLoader, type Picture } from './picture-loader'

const addressOf = (row: number): string => `data:image/png;base64,${row}`

/** Requests that tests answer. */
class Server {
  readonly requests: {
    rows: number[]
    preset: string
    signal: AbortSignal
    answer: () => void
    fail: () => void
  }[] = []
  readonly missing = new Set<number>()

  readonly load = (
    samples: readonly SampleRef[],
    preset: string,
    _stretch: string,
    signal: AbortSignal,
  ): Promise<(string | null)[]> =>
    new Promise((resolve, reject) => {
      const rows = samples.map(({ row }) => row)
      const images = rows.map((row) => (this.missing.has(row) ? null : addressOf(row)))
      this.requests.push({
        ...{ rows, preset, signal },
        answer: () => resolve(images),
        fail: () => reject(new Error('no line')),
      })
    })
}

const picture = (row: number, preset: Picture['preset'] = 'ndvi'): Picture => ({
  ...{ sample: { split: 'train', batch: 1, row }, preset, stretch: 'fixed', version: 'a' },
})
const rows = (from: number, count: number): number[] => Array.from({ length: count }, (_, k) => from + k)
const never = new AbortController().signal
/** Lets what was asked for go out and answers come in. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

/** Asks for a picture. @returns what came so far */
function ask(loader: PictureLoader, wanted: Picture, signal = never): (string | null)[] {
  const taken: (string | null)[] = []
  loader.load(wanted, (address) => taken.push(address), signal)
  return taken
}

it('pictures that are asked for in one go come in one request, each to who asked for it', async () => {
  const server = new Server()
  const loader = new PictureLoader(server.load)
  const taken = [7, 3].map((row) => ask(loader, picture(row)))
  await settle()
  expect(server.requests.map(({ rows: sent }) => sent)).toEqual([[7, 3]])
  expect([taken, loader.present(picture(3))]).toEqual([[[], []], undefined])
  server.requests[0].answer()
  await settle()
  expect(taken).toEqual([[addressOf(7)], [addressOf(3)]])
  expect(loader.present(picture(3))).toBe(addressOf(3))
  expect(loader.present({ ...picture(3), version: 'b' })).toBeUndefined()
})

it('many go in two requests at a time, those first that were asked for first, other looks by themselves', async () => {
  const server = new Server()
  const loader = new PictureLoader(server.load)
  for (const row of rows(0, 120)) ask(loader, picture(row))
  ask(loader, picture(0, 'scl'))
  await settle()
  expect(server.requests.map(({ rows: sent }) => sent)).toEqual([rows(0, 48), rows(48, 48)])
  server.requests[1].answer()
  await settle()
  expect(server.requests[2]).toMatchObject({ rows: rows(96, 24), preset: 'ndvi' })
  server.requests[2].answer()
  await settle()
  expect(server.requests[3]).toMatchObject({ rows: [0], preset: 'scl' })
})

it('what is no longer wanted is not asked for, and a request of which nothing is wanted is left', async () => {
  const server = new Server()
  const loader = new PictureLoader(server.load)
  const leaves = rows(0, 4).map(() => new AbortController())
  const taken = leaves.map(({ signal }, row) => ask(loader, picture(row), signal))
  leaves[0].abort()
  await settle()
  expect(server.requests[0].rows).toEqual([1, 2, 3])
  leaves[1].abort()
  leaves[2].abort()
  expect(server.requests[0].signal.aborted).toBe(false)
  leaves[3].abort()
  expect(server.requests[0].signal.aborted).toBe(true)
  server.requests[0].fail()
  await settle()
  expect(taken).toEqual([[], [], [], []])
})

it('one that is missing fails alone, and those of a request that failed can be asked for again', async () => {
  const server = new Server()
  server.missing.add(2)
  const loader = new PictureLoader(server.load)
  const taken = [1, 2].map((row) => ask(loader, picture(row)))
  await settle()
  server.requests[0].answer()
  await settle()
  expect(taken).toEqual([[addressOf(1)], [null]])
  const failed = ask(loader, picture(2))
  await settle()
  server.requests[1].fail()
  await settle()
  expect(failed).toEqual([null])
  server.missing.clear()
  const again = ask(loader, picture(2))
  await settle()
  server.requests[2].answer()
  await settle()
  expect(again).toEqual([addressOf(2)])
})

it('pictures used longest ago are let go', async () => {
  const server = new Server()
  const loader = new PictureLoader(server.load, 3)
  for (const row of [1, 2, 3]) ask(loader, picture(row))
  await settle()
  server.requests[0].answer()
  await settle()
  loader.present(picture(1))
  ask(loader, picture(4))
  await settle()
  server.requests[1].answer()
  await settle()
  expect([1, 2, 3, 4].filter((row) => loader.present(picture(row)) !== undefined)).toEqual([1, 3, 4])
})
