import { describe, expect, it } from 'vitest'
import type { Histogram } from '../../../src-shared/explore/filter-counts'
import { binAt, drawnBins, outline, rangeOf, roundTo } from './histogram-shape'

const histogram = (change: Partial<Histogram>): Histogram => ({
  edges: [0, 1, 2, 3],
  underflow: false,
  overflow: false,
  absent: 0,
  all: [1, 2, 3],
  others: [1, 2, 3],
  kept: [0, 1, 2],
  ...change,
})

describe('a drawn histogram', () => {
  it('shows open outer bins as wide as the others', () => {
    const { edges } = drawnBins(histogram({ edges: [-50, 1, 2, 900], underflow: true, overflow: true }))
    expect(edges).toEqual([0, 1, 2, 3])
  })

  it('is an outline from bottom to bottom with a step for each bin', () => {
    expect(outline([0, 1, 2], [1, 4], { min: 0, max: 2 }, 4)).toBe('M0 1V0.75H0.5V0H1V1Z')
  })

  it('is flat, not broken, where nothing is counted', () => {
    expect(outline([0, 1], [0], { min: 0, max: 1 }, 0)).toBe('M0 1V1H1V1Z')
  })

  it('names the bin of a value, the upper edge not in it', () => {
    expect([-0.1, 0, 0.99, 1, 2.5, 3].map((value) => binAt([0, 1, 2, 3], value))).toEqual([
      null,
      0,
      0,
      1,
      2,
      null,
    ])
  })
})

describe('the range of a slider', () => {
  it('is widened to whole steps', () => {
    expect(rangeOf([0.8813, 0.95, 0.9996], 0.001)).toEqual({ min: 0.881, max: 1 })
  })

  it('stays where the edges are whole steps already', () => {
    expect(rangeOf([0, 0.3, 0.6], 0.1)).toEqual({ min: 0, max: 0.6 })
  })
})

it('rounds to steps without noise in the last digits', () => {
  expect(roundTo(0.1 + 0.2, 0.01)).toBe(0.3)
  expect(roundTo(7.4, 5)).toBe(5)
})
