import { expect, it } from 'vitest'
import { presetOfKey } from './preset-keys'

it('digits choose presets in the order of the table, on either part of the keyboard', () => {
  expect(presetOfKey('Digit1')).toBe('true-colour')
  expect(presetOfKey('Numpad9')).toBe('biomass')
  expect(presetOfKey('Digit0')).toBeNull()
  expect(presetOfKey('KeyA')).toBeNull()
})
