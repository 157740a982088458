import {
  DEFAULT_SETTINGS,
  settingsSchema,
  type SettingKey,
  type Settings,
} from '../../../src-shared/settings/settings'

/** The settings that decide which footprints are kept and in which split they are. */
export const FILTER_KEYS = [
  'requireL2Quality',
  'requireL4Quality',
  'requireSurface',
  'requirePositiveAgbd',
  'maxRelativeStandardError',
  'minAgbd',
  'maxAgbd',
  'minSensitivity',
  'daylight',
  'beams',
  'degradeFlags',
  'dateFrom',
  'dateTo',
  'bbox',
  'area',
  'trainYears',
  'testYears',
] as const satisfies readonly SettingKey[]
type FilterKey = (typeof FILTER_KEYS)[number]

/** A change of the filter. */
export type FilterChange = Partial<Pick<Settings, FilterKey>>

/** The change that brings every setting of the filter back to its default. */
export const RESET: FilterChange = Object.fromEntries(FILTER_KEYS.map((key) => [key, DEFAULT_SETTINGS[key]]))

/** What of a change the settings do not say yet. */
export function newIn(change: FilterChange, settings: Settings): FilterChange {
  return Object.fromEntries(
    FILTER_KEYS.filter((key) => Object.hasOwn(change, key) && !same(change[key], settings[key])).map(
      (key) => [key, change[key]],
    ),
  )
}

/** What contradicts itself in the settings, in words; null where nothing does. */
export function contradiction(settings: Settings): string | null {
  const checked = settingsSchema.safeParse(settings)
  if (checked.success) return null
  const paths = checked.error.issues.map(({ path }) => path[0])
  if (paths.includes('minAgbd') || paths.includes('maxAgbd')) return 'The smallest AGBD is above the largest.'
  if (paths.includes('dateFrom') || paths.includes('dateTo')) return 'The first day is after the last.'
  if (paths.includes('bbox')) return 'South must lie below north.'
  return checked.error.issues.map(({ message }) => message).join(' ')
}

/** Settings are plain data: equal text is equal value. */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
