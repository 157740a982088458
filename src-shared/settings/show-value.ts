import type { SettingKey, Settings } from './settings'

/** A setting's value in words, as `--help` and docs/settings.md show it. */
export function showValue(value: Settings[SettingKey]): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.join(' ') : `${value}`
}
