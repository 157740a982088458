import { describe, expect, it } from 'vitest'
import { Broadcast } from './broadcast'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('a stream of a broadcast', () => {
  it('begins with what it is given, then tells what is sent', async () => {
    const numbers = new Broadcast<number>()
    const stream = numbers.stream(undefined, [1])
    expect((await stream.next()).value).toBe(1)
    const next = stream.next()
    await turn()
    numbers.send(2)
    expect((await next).value).toBe(2)
  })

  it('keeps only the newest for a reader that is busy, or merges as it is told', async () => {
    const numbers = new Broadcast<number>()
    const newest = numbers.stream(undefined, [0])
    const sums = numbers.stream(undefined, [0], (waiting, next) => waiting + next)
    await Promise.all([newest.next(), sums.next()])
    for (const value of [1, 2, 3]) numbers.send(value)
    expect((await newest.next()).value).toBe(3)
    expect((await sums.next()).value).toBe(6)
  })

  it('ends when its reader goes away, and listens no more', async () => {
    const numbers = new Broadcast<number>()
    const stop = new AbortController()
    const read: number[] = []
    const reader = (async () => {
      for await (const value of numbers.stream(stop.signal, [1])) read.push(value)
    })()
    await turn()
    stop.abort()
    await reader
    numbers.send(2)
    expect(read).toEqual([1])
  })
})
