import { DEFAULT_SETTINGS, type SettingKey, type Settings } from '../../src-shared/settings/settings'

/** Whether a setting differs from its default. */
export function isChanged(settings: Settings, key: SettingKey): boolean {
  return JSON.stringify(settings[key]) !== JSON.stringify(DEFAULT_SETTINGS[key])
}
