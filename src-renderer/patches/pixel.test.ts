import { expect, it } from 'vitest'
import { pixelAfter, pixelAt, pixelIndex } from './pixel'

it('a point lies in the pixel that holds it, and outside in the nearest one', () => {
  expect(pixelAt(3.99, 0)).toEqual({ column: 3, row: 0 })
  expect(pixelAt(-0.5, 32)).toEqual({ column: 0, row: 31 })
})

it('arrows move by one pixel and stop at the edge', () => {
  expect(pixelAfter('ArrowRight', { column: 3, row: 5 })).toEqual({ column: 4, row: 5 })
  expect(pixelAfter('ArrowUp', { column: 3, row: 5 })).toEqual({ column: 3, row: 4 })
  expect(pixelAfter('ArrowDown', { column: 3, row: 31 })).toEqual({ column: 3, row: 31 })
  expect(pixelAfter('Enter', { column: 3, row: 5 })).toBeNull()
  expect(pixelAfter('toString', { column: 3, row: 5 })).toBeNull()
})

it('layers lie row by row from the north-west corner', () => {
  expect(pixelIndex({ column: 2, row: 1 })).toBe(34)
})
