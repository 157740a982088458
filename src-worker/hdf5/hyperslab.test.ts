import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitRows } from './hyperslab'

describe('splitting a range of rows', () => {
  it('covers it once, in order, on chunk borders, within the limit unless a chunk is larger', () => {
    const small = fc.nat(500)
    const positive = fc.integer({ min: 1, max: 60 })
    fc.assert(
      fc.property(
        small,
        small,
        positive,
        positive,
        fc.integer({ min: 1, max: 4000 }),
        (start, count, rowBytes, chunk, limit) => {
          const parts = [...splitRows(start, count, rowBytes, chunk, limit)]
          let next = start
          for (const part of parts) {
            expect(part.start).toBe(next)
            expect(part.count).toBeGreaterThan(0)
            expect(part.count * rowBytes).toBeLessThanOrEqual(Math.max(limit, chunk * rowBytes))
            next += part.count
            if (next < start + count) expect(next % chunk).toBe(0)
          }
          expect(next).toBe(start + count)
        },
      ),
    )
  })
})
