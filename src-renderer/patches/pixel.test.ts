import { expect, it } from 'vitest'
import { pixelAfter, pixelAt, pixelCentre, pixelIndex } from './pixel'

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

it('the centre of a pixel lies half a pixel from its corner', () => {
  const transform = [10, 0, 399_960, 0, -10, 5_300_040, 0, 0, 1]
  expect(pixelCentre({ column: 0, row: 0 }, transform)).toEqual({ x: 399_965, y: 5_300_035 })
  expect(pixelCentre({ column: 31, row: 2 }, transform)).toEqual({ x: 400_275, y: 5_300_015 })
  expect(pixelCentre({ column: 0, row: 0 }, [10, 0, null, 0, -10, 5_300_040, 0, 0, 1])).toBeNull()
})

it('layers lie row by row from the north-west corner', () => {
  expect(pixelIndex({ column: 2, row: 1 })).toBe(34)
})
