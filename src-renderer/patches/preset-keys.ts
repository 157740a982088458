import { PRESETS, type Preset } from '../../src-shared/patches/presets'

/**
 * The preset of a digit key, 1 to 9 in the order of the table; null for other keys.
 * @param code the key's place on the keyboard, because some layouts type digits with Shift
 */
export function presetOfKey(code: string): Preset | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1]
  if (digit === undefined) return null
  return (Object.keys(PRESETS) as Preset[]).at(Number(digit) - 1) ?? null
}
