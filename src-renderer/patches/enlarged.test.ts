import { expect, it } from 'vitest'
import { enlarged } from './enlarged'

it('every pixel becomes a square of its own colour', () => {
  const [a, b, c, d] = [
    [255, 0, 0, 255],
    [0, 255, 0, 255],
    [0, 0, 255, 255],
    [1, 2, 3, 0],
  ]
  const upper = [...a, ...a, ...b, ...b]
  const lower = [...c, ...c, ...d, ...d]
  expect([...enlarged([...a, ...b, ...c, ...d], 2, 2)]).toEqual([...upper, ...upper, ...lower, ...lower])
})
