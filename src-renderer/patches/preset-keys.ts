import { PRESETS, type Preset } from '../../src-shared/patches/presets'

/** The preset of a digit key, 1 to 9 in the order of the table; null for other keys. */
export function presetOfKey(key: string): Preset | null {
  if (!/^[1-9]$/.test(key)) return null
  return (Object.keys(PRESETS) as Preset[]).at(Number(key) - 1) ?? null
}
