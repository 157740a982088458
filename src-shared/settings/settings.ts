import { z } from 'zod'
import { CLUSTER_SETTINGS } from './cluster-settings'
import type { SettingField } from './field'
import { FOOTPRINT_SETTINGS } from './footprint-settings'
import { NETWORK_SETTINGS } from './network-settings'
import { RUN_SETTINGS } from './run-settings'
import { SAMPLE_SETTINGS } from './sample-settings'

/**
 * Every setting of the program. The one place that knows their names, units, defaults, bounds and help; the
 * command line, the form, `project.json` and docs/settings.md are made from it.
 */
export const SETTINGS = {
  ...FOOTPRINT_SETTINGS,
  ...SAMPLE_SETTINGS,
  ...NETWORK_SETTINGS,
  ...RUN_SETTINGS,
  ...CLUSTER_SETTINGS,
} as const

export type SettingKey = keyof typeof SETTINGS
export type Settings = {
  -readonly [Key in SettingKey]: (typeof SETTINGS)[Key] extends SettingField<infer Value> ? Value : never
}

/** All setting keys in the order of the form. */
export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[]

/** The settings as they are when nobody changes any. */
export const DEFAULT_SETTINGS: Settings = Object.fromEntries(
  SETTING_KEYS.map((key) => [key, SETTINGS[key].default]),
) as unknown as Settings

const shape = Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key].schema])) as {
  [Key in SettingKey]: z.ZodType<Settings[Key]>
}

/** Schema of a complete set of settings: unknown names, wrong kinds and contradictions are errors. */
export const settingsSchema: z.ZodType<Settings> = z
  .strictObject(shape)
  .refine((s) => s.minAgbd === null || s.maxAgbd === null || s.minAgbd <= s.maxAgbd, {
    path: ['minAgbd'],
    message: 'is above maxAgbd',
  })
  .refine((s) => s.dateFrom === null || s.dateTo === null || s.dateFrom <= s.dateTo, {
    path: ['dateFrom'],
    message: 'is after dateTo',
  })
  .refine((s) => !s.trainYears.some((year) => s.testYears.includes(year)), {
    path: ['testYears'],
    message: 'a year cannot be in train and test',
  })
  .refine(
    ({ splitBlocks, splitBuffer }) =>
      splitBlocks === null || splitBuffer === null || splitBuffer <= MOST_BUFFER * splitBlocks * 1000,
    { path: ['splitBuffer'], message: 'is more than two fifths of the edge of a block' },
  )

/** Largest buffer as a part of a block's edge; with half of it, nothing would be left between blocks. */
const MOST_BUFFER = 0.4

/**
 * Settings that came when there were projects already. Where they are as they are by default, nothing is made in another
 * way than before, so keys of steps and files do not name them.
 */
const SINCE_ADDED: readonly SettingKey[] = ['splitBlocks', 'splitTestShare', 'splitBuffer', 'testDistance']

/** Whether results are what they were before the program knew the setting. */
export function isAsBefore(settings: Settings, key: SettingKey): boolean {
  return SINCE_ADDED.includes(key) && settings[key] === DEFAULT_SETTINGS[key]
}

/** The settings that results depend on: all but those of the run itself, such as the number of workers. */
export function resultSettings(settings: Settings): Partial<Settings> {
  return Object.fromEntries(
    SETTING_KEYS.filter((key) => SETTINGS[key].affects !== null && !isAsBefore(settings, key)).map((key) => [
      key,
      settings[key],
    ]),
  )
}
