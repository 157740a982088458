import { describe, expect, it } from 'vitest'
import { barsOfDays, dayAfter, daysBetween, dayTicks } from './days'

const days = (length: number) => ({
  first: '2019-04-18',
  all: Array.from({ length }, () => 3),
  others: Array.from({ length }, () => 2),
  kept: Array.from({ length }, (_, day) => day % 2),
})

describe('bars of days', () => {
  it('are single days while these can be told apart', () => {
    const { edges, others, kept } = barsOfDays(days(3))
    expect({ edges, others, kept }).toEqual({ edges: [0, 1, 2, 3], others: [2, 2, 2], kept: [0, 1, 0] })
  })

  it('lose no footprint where they hold several days, also in the last one', () => {
    const { edges, others, kept } = barsOfDays(days(1461))
    expect(edges.length).toBeLessThanOrEqual(401)
    expect(edges.at(-1)).toBe(1461)
    expect(others.reduce((sum, count) => sum + count, 0)).toBe(2 * 1461)
    expect(kept.reduce((sum, count) => sum + count, 0)).toBe(730)
  })
})

it('counts days over leap days and the end of a year', () => {
  expect(dayAfter('2020-02-28', 2)).toBe('2020-03-01')
  expect(daysBetween('2019-12-31', '2020-12-31')).toBe(366)
})

describe('ticks of the time axis', () => {
  it('are beginnings of months', () => {
    expect(dayTicks('2020-01-15', 120).map(({ day, label }) => `${day} ${label}`)).toEqual([
      '17 Feb 2020',
      '46 Mar 2020',
      '77 Apr 2020',
      '107 May 2020',
    ])
  })

  it.each([1, 5, 61, 62, 365, 800, 1461, 4000])('are few and lie on the axis of %i days', (length) => {
    const ticks = dayTicks('2019-04-18', length)
    expect(ticks.length).toBeGreaterThan(0)
    expect(ticks.length).toBeLessThanOrEqual(12)
    expect(ticks.every(({ day }) => day >= 0 && day < length)).toBe(true)
    expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length)
  })
})
