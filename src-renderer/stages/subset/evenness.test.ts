import { expect, it } from 'vitest'
import { evenness } from './evenness'

const days = (counts: Readonly<Record<number, number>>) =>
  Array.from({ length: 366 }, (_, day) => counts[day] ?? 0)

it('is told over the days that have footprints to choose from', () => {
  const available = days({ 0: 40, 59: 7, 60: 300, 199: 90 })
  expect(evenness(available, available)).toEqual({
    rows: 437,
    days: 4,
    smallest: 7,
    median: 65,
    largest: 300,
    variation: expect.closeTo(104.4, 1) as number,
  })
})

it('counts a day from which nothing was drawn', () => {
  const found = evenness(days({ 0: 2, 59: 2 }), days({ 0: 9, 59: 8, 60: 1 }))
  expect(found).toMatchObject({ rows: 4, days: 2, smallest: 0, median: 2, largest: 2 })
})

it('of equal days has no variation', () => {
  const even = days({ 3: 5, 4: 5, 5: 5 })
  expect(evenness(even, even)).toMatchObject({ median: 5, variation: 0 })
})

it('of nothing is nothing', () => {
  expect(evenness(days({}), days({}))).toBeNull()
})
