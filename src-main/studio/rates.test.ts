import { expect, it } from 'vitest'
import { Rate } from './rates'

it('tells units per second over the last ten seconds', () => {
  const rate = new Rate()
  expect(rate.perSecond(0)).toBeNull()
  rate.note(0, 0)
  expect(rate.perSecond(100)).toBeNull()
  rate.note(100, 1000)
  expect(rate.perSecond(1000)).toBe(100)
  for (let second = 2; second <= 30; second++) rate.note(100 + 10 * (second - 1), second * 1000)
  expect(rate.perSecond(30_000)).toBeCloseTo(10)
  expect(rate.perSecond(60_000)).toBeLessThan(10)
})

it('begins anew where the count falls back, as for another step', () => {
  const rate = new Rate()
  rate.note(500, 0)
  rate.note(0, 1000)
  rate.note(30, 2000)
  expect(rate.perSecond(2000)).toBe(30)
})
