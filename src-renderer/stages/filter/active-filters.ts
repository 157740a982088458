import { DEFAULT_SETTINGS, SETTINGS, type Settings } from '../../../src-shared/settings/settings'
import { baseName } from '../../places/path-names'
import { same, type FilterChange } from './filter-settings'

/** A part of the filter that differs from its default. */
export interface ActiveFilter {
  /** In words: "AGBD 20 to 300 Mg/ha". */
  label: string
  /** The change that brings it back to its default. */
  reset: FilterChange
}

type Words = (settings: Settings) => string

const FLAG_KEYS = ['requireL2Quality', 'requireL4Quality', 'requireSurface', 'requirePositiveAgbd'] as const

/** Settings that are one filter, and how they read. */
const PARTS: readonly { keys: readonly (keyof FilterChange)[]; words: Words }[] = [
  {
    keys: ['minAgbd', 'maxAgbd'],
    words: ({ minAgbd, maxAgbd }) => `AGBD ${between(minAgbd, maxAgbd)} Mg/ha`,
  },
  {
    keys: ['maxRelativeStandardError'],
    words: ({ maxRelativeStandardError }) => `Relative standard error below ${maxRelativeStandardError}`,
  },
  {
    keys: ['minSensitivity'],
    words: ({ minSensitivity }) => `Sensitivity at least ${minSensitivity ?? 0}`,
  },
  { keys: ['daylight'], words: ({ daylight }) => (daylight === 'day' ? 'Day only' : 'Night only') },
  {
    keys: ['beams'],
    words: ({ beams }) => `Beams ${beams.map((beam) => beam.replace('BEAM', '')).join(', ')}`,
  },
  ...FLAG_KEYS.map((key) => ({ keys: [key], words: () => `${SETTINGS[key].label}: not asked` })),
  {
    keys: ['degradeFlags'],
    words: ({ degradeFlags }) => `Degrade flag ${degradeFlags.join(', ')}`,
  },
  { keys: ['dateFrom', 'dateTo'], words: ({ dateFrom, dateTo }) => `Days ${between(dateFrom, dateTo)}` },
  {
    keys: ['bbox'],
    words: ({ bbox }) => `Box ${(bbox ?? []).map((side) => `${side}°`.replace('-', '−')).join(', ')}`,
  },
  { keys: ['area'], words: ({ area }) => `Area ${baseName(area ?? '')}` },
  { keys: ['trainYears'], words: ({ trainYears }) => `Train ${years(trainYears)}` },
  { keys: ['testYears'], words: ({ testYears }) => `Test ${years(testYears)}` },
]

/** Every part of the filter that differs from its default, in the order of the list. */
export function activeFilters(settings: Settings): ActiveFilter[] {
  return PARTS.filter(({ keys }) => keys.some((key) => !same(settings[key], DEFAULT_SETTINGS[key]))).map(
    ({ keys, words }) => ({
      label: words(settings),
      reset: Object.fromEntries(keys.map((key) => [key, DEFAULT_SETTINGS[key]])),
    }),
  )
}

function between(low: number | string | null, high: number | string | null): string {
  if (low === null) return `up to ${high ?? 'any'}`
  return high === null ? `from ${low}` : `${low} to ${high}`
}

function years(list: readonly number[]): string {
  return list.length === 0 ? 'no year' : list.join(', ')
}
