import { z } from 'zod'
import * as f from './field'
import type { SettingField } from './field'

/** The eight beams; the first four are coverage beams, the others full-power beams (GEDI L4A ATBD). */
export const BEAMS = [
  'BEAM0000',
  'BEAM0001',
  'BEAM0010',
  'BEAM0011',
  'BEAM0101',
  'BEAM0110',
  'BEAM1000',
  'BEAM1011',
] as const

/**
 * Every setting of the program. The one place that knows their names, units, defaults, bounds and help; the
 * command line, the form, `project.json` and docs/settings.md are made from it.
 */
export const SETTINGS = {
  requireL2Quality: f.boolean({
    group: 'filter',
    label: 'L2 quality flag',
    help: 'Keep only shots whose l2_quality_flag is 1.',
    default: true,
    affects: 'combine',
  }),
  requireL4Quality: f.boolean({
    group: 'filter',
    label: 'L4 quality flag',
    help: 'Keep only shots whose l4_quality_flag is 1.',
    default: true,
    affects: 'combine',
  }),
  requireSurface: f.boolean({
    group: 'filter',
    label: 'Surface flag',
    help: 'Keep only shots whose surface_flag is 1.',
    default: true,
    affects: 'combine',
  }),
  requirePositiveAgbd: f.boolean({
    group: 'filter',
    label: 'AGBD above zero',
    help: 'Keep only shots whose aboveground biomass density is above 0.',
    default: true,
    affects: 'combine',
  }),
  maxRelativeStandardError: f.number({
    group: 'filter',
    label: 'Relative standard error',
    help: 'Keep shots whose agbd_se / agbd is below this.',
    min: 0,
    max: 100,
    step: 0.01,
    default: 0.5,
    affects: 'combine',
  }),
  minAgbd: f.optionalNumber({
    group: 'filter',
    label: 'Smallest AGBD',
    help: 'Keep shots with at least this aboveground biomass density.',
    unit: 'Mg/ha',
    min: 0,
    max: 10_000,
    affects: 'combine',
  }),
  maxAgbd: f.optionalNumber({
    group: 'filter',
    label: 'Largest AGBD',
    help: 'Keep shots with at most this aboveground biomass density.',
    unit: 'Mg/ha',
    min: 0,
    max: 10_000,
    affects: 'combine',
  }),
  bbox: f.optionalBbox({
    group: 'filter',
    label: 'Bounding box',
    help: 'Keep shots inside west,south,east,north; west above east crosses the antimeridian.',
    unit: 'degree',
    affects: 'combine',
  }),
  area: f.optionalFile({
    group: 'filter',
    label: 'Area',
    help: 'Keep shots inside the polygons of this GeoJSON file (WGS 84).',
    affects: 'combine',
  }),
  dateFrom: f.optionalDate({
    group: 'filter',
    label: 'First day',
    help: 'Keep granules acquired on this UTC day or later.',
    affects: 'combine',
  }),
  dateTo: f.optionalDate({
    group: 'filter',
    label: 'Last day',
    help: 'Keep granules acquired on this UTC day or earlier.',
    affects: 'combine',
  }),
  beams: f.words({
    group: 'filter',
    label: 'Beams',
    help: 'Keep shots of these beams; coverage and full-power stand for four beams each. None named: all.',
    choices: ['coverage', 'full-power', ...BEAMS],
    affects: 'combine',
  }),
  minSensitivity: f.optionalNumber({
    group: 'filter',
    label: 'Sensitivity',
    help: 'Keep shots with at least this beam sensitivity. Needs the column sensitivity.',
    min: 0,
    max: 1,
    step: 0.001,
    affects: 'combine',
  }),
  daylight: f.choice({
    group: 'filter',
    label: 'Day or night',
    help: 'Keep shots by solar elevation: night is below 0 degrees. Needs the column solar_elevation.',
    choices: ['any', 'day', 'night'],
    default: 'any',
    affects: 'combine',
  }),
  degradeFlags: f.integers({
    group: 'filter',
    label: 'Degrade flags',
    help: 'Keep shots whose degrade_flag is one of these. None named: all. Needs the column degrade_flag.',
    min: 0,
    max: 255,
    default: [],
    affects: 'combine',
  }),
  trainYears: f.integers({
    group: 'split',
    label: 'Train years',
    help: 'Years of acquisition that go to the train split.',
    min: 2018,
    max: 2100,
    default: [2020],
    affects: 'combine',
  }),
  testYears: f.integers({
    group: 'split',
    label: 'Test years',
    help: 'Years of acquisition that go to the test split.',
    min: 2018,
    max: 2100,
    default: [2021],
    affects: 'combine',
  }),
  seed: f.integer({
    group: 'subset',
    label: 'Seed',
    help: 'All that is random follows from this number.',
    min: 0,
    max: 2_147_483_647,
    default: 0,
    affects: 'combine',
  }),
  maxSizeTraining: f.integer({
    group: 'subset',
    label: 'Train size',
    help: 'Largest number of footprints in the train subset (dataset_size_max).',
    unit: 'footprints',
    min: 0,
    max: 1_000_000_000,
    default: 6_000_000,
    affects: 'subset',
  }),
  maxSizeTest: f.integer({
    group: 'subset',
    label: 'Test size',
    help: 'Largest number of footprints in the test subset (dataset_size_max).',
    unit: 'footprints',
    min: 0,
    max: 1_000_000_000,
    default: 2_000_000,
    affects: 'subset',
  }),
  maxDays: f.integer({
    group: 'scene',
    label: 'Days around the acquisition',
    help: 'A scene may be at most this many UTC days before or after the footprint.',
    unit: 'days',
    min: 0,
    max: 365,
    default: 10,
    affects: 'plan',
  }),
  maxCloudCover: f.number({
    group: 'scene',
    label: 'Cloud cover',
    help: 'A scene must have less cloud cover than this.',
    unit: '%',
    min: 0,
    max: 100.1,
    default: 25,
    affects: 'plan',
  }),
  candidates: f.integer({
    group: 'scene',
    label: 'Candidates',
    help: 'How many scenes to try, least cloudy first, where the scene classification rejects one.',
    unit: 'scenes',
    min: 1,
    max: 20,
    default: 1,
    affects: 'plan',
  }),
  sclMaxCloud: f.number({
    group: 'scl',
    label: 'Cloud pixels',
    help: 'Reject when more than this fraction of the window is cloud (classes 8, 9, 10).',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.25,
    affects: 'batch',
  }),
  sclMaxShadow: f.number({
    group: 'scl',
    label: 'Shadow pixels',
    help: 'Reject when more than this fraction of the window is shadow (classes 2, 3).',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.25,
    affects: 'batch',
  }),
  sclMaxSnow: f.number({
    group: 'scl',
    label: 'Snow pixels',
    help: 'Reject when more than this fraction of the window is snow or ice (class 11).',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.25,
    affects: 'batch',
  }),
  sclMaxWater: f.number({
    group: 'scl',
    label: 'Water pixels',
    help: 'Reject when more than this fraction of the window is water (class 6).',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.25,
    affects: 'batch',
  }),
  sclMaxInvalid: f.number({
    group: 'scl',
    label: 'Invalid pixels',
    help: 'Reject when more than this fraction has no data or class (classes 0, 1, 7).',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.05,
    affects: 'batch',
  }),
  sclFootprintClasses: f.integers({
    group: 'scl',
    label: 'Classes under the footprint',
    help: 'All 16 centre pixels must be of one of these classes.',
    min: 0,
    max: 11,
    default: [4, 5],
    affects: 'batch',
  }),
  maxSlope: f.number({
    group: 'terrain',
    label: 'Slope',
    help: 'Reject when a centre pixel is steeper than this, in the unit of the slope setting.',
    min: 0,
    max: 10_000,
    default: 15,
    affects: 'batch',
  }),
  slopeUnit: f.choice({
    group: 'terrain',
    label: 'Slope unit',
    help: 'Unit of the slope limit and of the slope layer.',
    choices: ['percent', 'degrees'],
    default: 'percent',
    affects: 'batch',
  }),
  batchSize: f.integer({
    group: 'output',
    label: 'Batch size',
    help: 'Footprints per batch file. A batch is the unit that is redone after an interruption.',
    unit: 'footprints',
    min: 1,
    max: 100_000,
    default: 1000,
    affects: 'plan',
  }),
  compression: f.integer({
    group: 'output',
    label: 'Compression',
    help: 'gzip level of the image layers (with the shuffle filter); 0 stores them uncompressed.',
    min: 0,
    max: 9,
    default: 1,
    affects: 'batch',
  }),
  plotDistribution: f.boolean({
    group: 'output',
    label: 'Plot the combined tables',
    help: 'Also plot the distribution of the combined tables.',
    default: false,
    affects: null,
  }),
  workers: f.optionalInteger({
    group: 'run',
    label: 'Workers',
    help: 'Worker processes. Left out: one per processor core.',
    unit: 'processes',
    min: 1,
    max: 256,
    affects: null,
  }),
  memory: f.integer({
    group: 'run',
    label: 'Memory',
    help: 'Upper bound for tables and block caches of all workers together.',
    unit: 'MiB',
    min: 256,
    max: 1_048_576,
    default: 2048,
    affects: null,
  }),
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

/** The settings that results depend on: all but those of the run itself, such as the number of workers. */
export function resultSettings(settings: Settings): Partial<Settings> {
  return Object.fromEntries(
    SETTING_KEYS.filter((key) => SETTINGS[key].affects !== null).map((key) => [key, settings[key]]),
  )
}
