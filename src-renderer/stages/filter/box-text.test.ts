import { expect, it } from 'vitest'
import { boxOfText, textOfBox } from './box-text'

it('reads back the box it wrote', () => {
  expect(boxOfText(textOfBox([7.9, 48, 8.6, 48.9]))).toEqual({ box: [7.9, 48, 8.6, 48.9] })
  expect(boxOfText(textOfBox(null))).toEqual({ box: null })
})

it('takes a box across the antimeridian, and commas for points', () => {
  expect(boxOfText(['179,5', '-17', '-179', '-16'])).toEqual({ box: [179.5, -17, -179, -16] })
})

it('waits while a field is empty', () => {
  expect(boxOfText(['7', '48', '', '49'])).toBeNull()
})

it.each([
  [['181', '48', '8', '49'], 0, 'From −180 to 180'],
  [['7', '-91', '', ''], 1, 'From −90 to 90'],
  [['7', '48', 'east', '49'], 2, 'From −180 to 180'],
  [['7', '48', '8', '48'], 3, 'Must lie above south'],
] as const)('says what is wrong with %j', (text, side, problem) => {
  expect(boxOfText(text)).toEqual({ side, problem })
})
