import { describe, expect, it } from 'vitest'
import { axisEnd, beyond, shares } from './densities'

const edges = Array.from({ length: 121 }, (_, index) => index * 5)
const histogram = (counts: Readonly<Record<number, number>>, above = 0) => ({
  edges,
  counts: Array.from({ length: 120 }, (_, bin) => counts[bin] ?? 0),
  below: 0,
  above,
})

describe('densities of AGBD', () => {
  it('are percent of the whole table, with what lies beyond the bins', () => {
    const percent = shares(histogram({ 0: 1, 7: 2 }, 1))
    expect(percent).toHaveLength(120)
    expect([percent[0], percent[7], percent[8]]).toEqual([25, 50, 0])
  })

  it('of an empty table are zero', () => {
    expect(shares(histogram({})).every((share) => share === 0)).toBe(true)
  })

  it('share an axis that ends where the widest of them does', () => {
    expect(axisEnd([histogram({ 3: 1 }), histogram({ 21: 4 })])).toBe(150)
    expect(axisEnd([histogram({ 119: 1 })])).toBe(600)
    expect(axisEnd([histogram({})])).toBe(50)
  })

  it('say what they do not show', () => {
    expect(beyond([histogram({ 1: 1 })])).toBeUndefined()
    expect(beyond([histogram({}, 12)])).toBe('Not shown: 12 footprints of 600 Mg/ha and more.')
    expect(beyond([histogram({}, 12), histogram({}, 3)])).toBe(
      'Not shown: 12 and 3 footprints of 600 Mg/ha and more, in the order of the legend.',
    )
  })
})
