import { z } from 'zod'
import { StudioError } from '../errors/studio-error'
import { flagOf } from './flags'
import { DEFAULT_SETTINGS, SETTINGS, settingsSchema, type SettingKey, type Settings } from './settings'

/**
 * Complete settings from some given ones on top of others (the defaults, or a project's).
 * @throws StudioError `settings-invalid` that names the flag, the value and the bounds.
 */
export function resolveSettings(given: object, base: Settings = DEFAULT_SETTINGS): Settings {
  const result = settingsSchema.safeParse({ ...base, ...given })
  if (result.success) return result.data
  throw new StudioError('settings-invalid', describeIssues(result.error), {
    hint: 'See --help or docs/settings.md for what each setting takes.',
  })
}

function describeIssues(error: z.ZodError): string {
  return error.issues
    .map((issue) => {
      if (issue.code === 'unrecognized_keys') return `unknown setting ${issue.keys.join(', ')}`
      const key = String(issue.path[0] ?? '')
      if (!(key in SETTINGS)) return `${key}: ${issue.message}`
      return `--${flagOf(key as SettingKey)}: ${issue.message}${bounds(key as SettingKey)}`
    })
    .join('; ')
}

function bounds(key: SettingKey): string {
  const control = SETTINGS[key].control
  const unit = 'unit' in SETTINGS[key] ? ` ${SETTINGS[key].unit}` : ''
  if (control.kind === 'number' || control.kind === 'integer' || control.kind === 'integers') {
    return ` (from ${control.min} to ${control.max}${unit})`
  }
  return ''
}
