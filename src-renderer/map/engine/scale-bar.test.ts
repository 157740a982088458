import { expect, it } from 'vitest'
import { scaleBar } from './scale-bar'

it.each([
  [10, { pixels: 100, label: '1 km' }],
  [4.5, { pixels: 500 / 4.5, label: '500 m' }],
  [78_000, { pixels: 5_000_000 / 78_000, label: '5000 km' }],
  [0.2, { pixels: 100, label: '20 m' }],
])('of %d metres a pixel is the longest round one that fits', (metres, bar) => {
  const found = scaleBar(metres, 120)
  expect(found.label).toBe(bar.label)
  expect(found.pixels).toBeCloseTo(bar.pixels)
})
