import { SETTINGS, settingsSchema, type SettingKey, type Settings } from '../../src-shared/settings/settings'

/** What somebody typed into a field: a value of the setting, or what is wrong with it. */
export type Typed = { value: number | null } | { problem: string }

/**
 * Reads the text of a number field. Spaces and, in whole numbers, commas between digits are passed over; in other
 * numbers a comma is the decimal point. An empty field is null where the setting may be left out.
 * @param settings the others, which the value must not contradict
 */
export function readTyped(key: SettingKey, text: string, settings: Settings): Typed {
  const { control } = SETTINGS[key]
  if (control.kind !== 'number' && control.kind !== 'integer')
    return { problem: 'This is not a number field.' }
  const whole = control.kind === 'integer'
  const plain = text.replaceAll(/\s/gu, '').replaceAll(',', whole ? '' : '.')
  if (plain === '') return control.optional ? { value: null } : { problem: 'A number is needed here.' }
  const pattern = whole ? /^-?\d+$/ : /^-?(\d+\.?\d*|\.\d+)$/
  if (!pattern.test(plain)) return { problem: whole ? 'Not a whole number.' : 'Not a number.' }
  const value = Number(plain)
  if (value < control.min || value > control.max) {
    return { problem: `From ${control.min.toLocaleString()} to ${control.max.toLocaleString()}.` }
  }
  const contradiction = settingsSchema
    .safeParse({ ...settings, [key]: value })
    .error?.issues.find(({ path }) => path[0] === key)
  return contradiction === undefined ? { value } : { problem: contradiction.message }
}
