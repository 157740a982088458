import { expect, test } from 'vitest'
import { formatSeconds } from './duration'

test.each([
  [0.4, 'under 1 s'],
  [89.4, '89 s'],
  [91, '2 min'],
  [3600 * 1.5, '1 h 30 min'],
  [3600 * 3, '3 h'],
  [3600 * 52, '2 d 4 h'],
])('%s seconds are told as people say it', (seconds, words) => {
  expect(formatSeconds(seconds)).toBe(words)
})
