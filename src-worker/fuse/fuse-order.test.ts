import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countRanked, LEFT_OUT, subsetOrder } from './fuse-order'

describe('the order of a fuse', () => {
  it('is ascending, and ranks lead back to the samples', () => {
    const shuffled = fc.uniqueArray(fc.nat(5000), { maxLength: 60 })
    fc.assert(
      fc.property(shuffled, fc.nat(6), (indices, cuts) => {
        const size = Math.max(1, Math.ceil(indices.length / (cuts + 1)))
        const parts = Array.from({ length: Math.ceil(indices.length / size) }, (_, k) => ({
          path: `${k}`,
          indices: indices.slice(k * size, (k + 1) * size),
        }))
        const ranks = subsetOrder(parts)
        const sorted = [...indices].sort((a, b) => a - b)
        parts.forEach((part, k) => {
          part.indices.forEach((index, row) => expect(sorted[ranks[k][row]]).toBe(index))
        })
      }),
    )
  })

  it('leaves no gap where samples are left out', () => {
    const ranks = subsetOrder([
      { path: 'a', indices: [8, 2, 5], leaveOut: new Set([1]) },
      { path: 'b', indices: [9, 0, 3], leaveOut: new Set([2, 7]) },
    ])
    expect(ranks.map((ofPart) => [...ofPart])).toEqual([
      [2, LEFT_OUT, 1],
      [3, 0, LEFT_OUT],
    ])
    expect(countRanked(ranks)).toBe(4)
  })

  it('refuses an index that is no row number', () => {
    for (const index of [-1, 0.5, NaN, 1e12])
      expect(() => subsetOrder([{ path: 'a.h5', indices: [0, index] }])).toThrow('no row')
  })
})
