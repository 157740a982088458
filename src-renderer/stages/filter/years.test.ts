import { expect, it } from 'vitest'
import { splitOf, withYear } from './years'

const years = { trainYears: [2020], testYears: [2021] }

it('a year is in one split at most, whichever it was in before', () => {
  const change = withYear(years, 2020, 'test')
  expect(change).toEqual({ trainYears: [], testYears: [2020, 2021] })
  expect(splitOf(2020, { ...years, ...change })).toBe('test')
})

it('a year can be in none', () => {
  const change = withYear(years, 2021, null)
  expect(change).toEqual({ trainYears: [2020], testYears: [] })
  expect(splitOf(2021, { ...years, ...change })).toBeNull()
})

it('years stay in their order', () => {
  expect(withYear(years, 2019, 'train').trainYears).toEqual([2019, 2020])
})
