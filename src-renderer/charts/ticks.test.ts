import { expect, it } from 'vitest'
import { ticksUpTo } from './ticks'

it.each([
  [24_700, [0, 5000, 10_000, 15_000, 20_000, 25_000]],
  [17_000, [0, 5000, 10_000, 15_000, 20_000]],
  [100, [0, 20, 40, 60, 80, 100]],
  [3, [0, 1, 2, 3]],
  [0.27, [0, 0.1, 0.2, 0.3]],
  [0, [0, 1]],
])('up to %d the ticks are %j', (largest, ticks) => {
  expect(ticksUpTo(largest)).toEqual(ticks)
})
