import { SETTINGS, type SettingKey } from './settings'
import { StudioError } from '../errors/studio-error'

/** Command-line flag of a setting, without the dashes: `maxCloudCover` -> `max-cloud-cover`. */
export function flagOf(key: SettingKey): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/**
 * The value of a setting from the words given on the command line.
 * @param words the words behind the flag; none for a switch
 * @throws StudioError `settings-invalid` when a number is no number
 */
export function parseFlag(key: SettingKey, words: readonly string[] | boolean): unknown {
  const { control } = SETTINGS[key]
  if (typeof words === 'boolean') return words
  const text = words.join(',')
  switch (control.kind) {
    case 'boolean':
      return text !== 'false'
    case 'number':
    case 'integer':
      return control.optional && text === 'none' ? null : toNumber(key, text)
    case 'integers':
      return splitList(text).map((word) => toNumber(key, word))
    case 'words':
      return splitList(text)
    case 'bbox':
      return text === 'none' ? null : splitList(text).map((word) => toNumber(key, word))
    case 'date':
    case 'file':
    case 'url':
    case 'text':
      return text === 'none' ? null : text
    case 'choice':
      return text
  }
}

function splitList(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '' && word !== 'none')
}

function toNumber(key: SettingKey, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value)) return value
  throw new StudioError('settings-invalid', `--${flagOf(key)}: "${text}" is no number.`, {
    hint: 'Give a plain number, such as 0.5 or 12.',
  })
}
