import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitEvenly, takeNext } from './shares'

describe('sharing jobs among workers', () => {
  it('gives every job once, whatever the order in which workers ask', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.nat(8)),
        (count, workers, asks) => {
          const shares = splitEvenly(count, workers)
          const taken: number[] = []
          const ask = (worker: number): boolean => {
            const job = takeNext(shares, worker)
            if (job !== null) taken.push(job)
            return job !== null
          }
          for (const worker of asks) ask(worker % workers)
          for (let worker = 0; ask(worker % workers); worker++);
          expect(taken.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i))
        },
      ),
    )
  })

  it('gives a worker consecutive jobs as long as its share lasts, then the far end of the largest rest', () => {
    const shares = splitEvenly(10, 2)
    expect([1, 1, 1, 1, 1].map((worker) => takeNext(shares, worker))).toEqual([5, 6, 7, 8, 9])
    expect(takeNext(shares, 1)).toBe(4)
    expect(takeNext(shares, 0)).toBe(0)
  })
})
