import { SETTINGS, settingsSchema, type SettingKey, type Settings } from '../../src-shared/settings/settings'
import { formatCount } from '../parts/format'

/** What somebody typed into a field: a value of the setting, or what is wrong with it. */
export type Typed = { value: number | null } | { problem: string }

/** What separates thousands in the person's language: 1,240,113. */
const GROUP = new Intl.NumberFormat().formatToParts(1e6).find(({ type }) => type === 'group')?.value ?? ','

/** The text of a number field: whole numbers with separators, others plain; nothing for a value that is left out. */
export function shownNumber(key: SettingKey, value: unknown): string {
  if (typeof value !== 'number') return ''
  return SETTINGS[key].control.kind === 'integer' ? formatCount(value) : String(value)
}

/**
 * Reads the text of a number field. Spaces are passed over. In whole numbers separators of thousands are too, wherever
 * they stand after digits were changed; in other numbers a comma is the decimal point. An empty field is null where the
 * setting may be left out.
 * @param settings the others, which the value must not contradict
 */
export function readTyped(key: SettingKey, text: string, settings: Settings): Typed {
  const { control } = SETTINGS[key]
  if (control.kind !== 'number' && control.kind !== 'integer')
    return { problem: 'This is not a number field.' }
  const whole = control.kind === 'integer'
  const digits = text.replaceAll(/\s/gu, '')
  const plain = whole ? digits.replaceAll(GROUP, '').replaceAll(',', '') : digits.replaceAll(',', '.')
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
