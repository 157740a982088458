import { expect, it } from 'vitest'
import { activeSampleFilters } from './filter-words'

it('filters are said in words, in the units that people typed', () => {
  const filters = {
    cloudShare: { low: 0.07, high: 0.29 },
    relativeError: { low: null, high: 0.15 },
    slope: { low: 12.5, high: null },
    landCover: [10, 60],
    product: 'T32TNT',
    sceneDate: { from: null, to: '2020-07-01' },
    suspects: ['flat' as const, 'duplicate' as const],
  }
  const active = activeSampleFilters(filters)
  expect(active.map(({ label }) => label)).toEqual([
    'Relative standard error at most 15 %',
    'Cloud 7 to 29 % of pixels',
    'Slope at least 12.5',
    'Tree cover or Bare / sparse vegetation',
    'Product with "T32TNT"',
    'Scene until 2020-07-01',
    'Flat patch or Duplicate footprint',
  ])
  expect(active.flatMap(({ without }) => Object.keys(without)).sort()).toEqual(Object.keys(filters).sort())
})

it('nothing is said where nothing is filtered', () => {
  expect(activeSampleFilters({})).toEqual([])
})
