import { describe, expect, it } from 'vitest'
import { legendTicks } from './density-spec'

describe('labels of the density legend', () => {
  it.each<[top: number, ticks: number[]]>([
    [2, [1, 2]],
    [7, [1, 2, 5, 7]],
    [41, [1, 2, 5, 10, 20, 41]],
    [100, [1, 10, 100]],
    [129, [1, 10, 129]],
    [478, [1, 10, 100, 478]],
    [1097, [1, 10, 100, 1097]],
    [9_999_999, [1, 100, 9_999_999]],
  ])('up to %i', (top, ticks) => {
    expect(legendTicks(top, 196)).toEqual(ticks)
  })
})
