import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeRanges } from './byte-source'

const ranges = fc.array(fc.record({ offset: fc.nat(10_000), length: fc.integer({ min: 1, max: 500 }) }), {
  maxLength: 40,
})

describe('merging byte ranges', () => {
  it('covers every range once, by ranges that are apart and not longer than allowed', () => {
    fc.assert(
      fc.property(ranges, fc.nat(200), fc.integer({ min: 500, max: 5000 }), (asked, gap, limit) => {
        const merged = mergeRanges(asked, gap, limit)
        expect(merged.flatMap(({ members }) => members).sort((a, b) => a - b)).toEqual(asked.map((_, i) => i))
        for (const { offset, length, members } of merged) {
          expect(length).toBeLessThanOrEqual(Math.max(limit, ...members.map((i) => asked[i].length)))
          for (const i of members) {
            expect(asked[i].offset).toBeGreaterThanOrEqual(offset)
            expect(asked[i].offset + asked[i].length).toBeLessThanOrEqual(offset + length)
          }
        }
      }),
    )
  })

  it('joins what touches and leaves what is far apart', () => {
    const merged = mergeRanges(
      [
        { offset: 300, length: 10 },
        { offset: 0, length: 100 },
        { offset: 100, length: 50 },
      ],
      64,
      1000,
    )
    expect(merged).toEqual([
      { offset: 0, length: 150, members: [1, 2] },
      { offset: 300, length: 10, members: [0] },
    ])
  })
})
