import { expect, it } from 'vitest'
import { percentages } from './measure'

it('shares are percent of the sum', () => {
  expect(percentages([1, 0, 3])).toEqual([25, 0, 75])
})

it('of nothing every share is zero', () => {
  expect(percentages([0, 0])).toEqual([0, 0])
})
