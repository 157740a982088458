import { expect, it } from 'vitest'
import { DEFAULT_SETTINGS, type SettingKey } from '../../src-shared/settings/settings'
import { readTyped, shownNumber } from './read-typed'

const read = (key: SettingKey, text: string) => readTyped(key, text, DEFAULT_SETTINGS)

it.each([
  ['maxSizeTraining', '6000000', 6_000_000],
  ['maxSizeTraining', ' 6,000 000 ', 6_000_000],
  ['sclMaxCloud', '0.3', 0.3],
  ['sclMaxCloud', '0,3', 0.3],
  ['sclMaxCloud', '.5', 0.5],
  ['workers', '', null],
] as const)('%s takes "%s"', (key, text, value) => {
  expect(read(key, text)).toEqual({ value })
})

it.each([
  ['batchSize', '', 'A number is needed here.'],
  ['batchSize', '12.5', 'Not a whole number.'],
  ['batchSize', '1e3', 'Not a whole number.'],
  ['batchSize', '0', `From 1 to ${(100_000).toLocaleString()}.`],
  ['sclMaxCloud', '1.01', 'From 0 to 1.'],
  ['sclMaxCloud', 'much', 'Not a number.'],
] as const)('%s refuses "%s" and says why', (key, text, problem) => {
  expect(read(key, text)).toEqual({ problem })
})

it('a value that contradicts another setting is refused', () => {
  const settings = { ...DEFAULT_SETTINGS, maxAgbd: 100 }
  expect(readTyped('minAgbd', '200', settings)).toEqual({ problem: 'is above maxAgbd' })
  expect(readTyped('minAgbd', '100', settings)).toEqual({ value: 100 })
})

it.each([
  ['maxSizeTraining', 6_000_000],
  ['batchSize', 999],
  ['maxSlope', 1234],
  ['sclMaxCloud', 0.25],
  ['workers', null],
] as const)('what the field of %s shows is read back as the same', (key, value) => {
  expect(read(key, shownNumber(key, value))).toEqual({ value })
})
