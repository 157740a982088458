import { expect, it } from 'vitest'
import { secondsTaken } from './seconds-taken'

it('a run takes time until it is finished, and none where the clocks differ', () => {
  expect(secondsTaken({ started: 1000, finished: null }, 31_000)).toBe(30)
  expect(secondsTaken({ started: 1000, finished: 11_000 }, 99_000)).toBe(10)
  expect(secondsTaken({ started: 5000, finished: null }, 4000)).toBe(0)
  expect(secondsTaken({ started: null, finished: null }, 4000)).toBe(0)
})
