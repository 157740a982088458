import { z } from 'zod'

/** A rule by which a sample is suspect: worth a look, not wrong for certain. */
export interface SuspectRule {
  /** Two or three words for lists and chips. */
  label: string
  /** The rule in one line, with its threshold. */
  text: string
  /** What the measured value is, with its unit; `{}` stands for the number. */
  measured: string
  /** Decimals of the number. */
  decimals: number
}

/** Thresholds of the rules. Reflectances are 0 to 1, shares 0 to 1. */
export const SUSPECT_THRESHOLDS = {
  /** Greatest standard deviation of the reflectance in B02, B03, B04 and B08 below which a patch is flat. */
  flatDeviation: 0.0005,
  /** Mean of B02 over vegetation, as an offset of 0.1 that was not taken off leaves it. */
  offsetBlue: 0.12,
  /** Pixels of vegetation that a mean of B02 needs. */
  offsetPixels: 32,
  /** Mean NDVI of the pixels of trees that is too low. */
  treeNdvi: 0.2,
  /** Mean NDVI of the pixels of bare ground, snow or water that is too high. */
  bareNdvi: 0.6,
  /** AGBD in Mg/ha that is too high where the middle of the window is bare. */
  bareAgbd: 50,
  /** Distance in metres below which two footprints are one. */
  duplicateMetres: 1,
} as const

const limits = SUSPECT_THRESHOLDS

export const SUSPECT_RULES = {
  unreadable: {
    label: 'Cannot be read',
    text: 'A part of the file that belongs to the sample is damaged.',
    measured: 'damaged',
    decimals: 0,
  },
  flat: {
    label: 'Flat patch',
    text: `No band of 10 m varies by a standard deviation of more than ${limits.flatDeviation} in reflectance.`,
    measured: 'standard deviation {}',
    decimals: 5,
  },
  missing: {
    label: 'Missing pixels',
    text: 'Some pixels have no data in at least one band.',
    measured: '{} of 1,024 pixels',
    decimals: 0,
  },
  offset: {
    label: 'Offset suspect',
    text: `The mean of B02 over vegetation is above ${limits.offsetBlue}, as when the offset of newer products was not taken off.`,
    measured: 'mean of B02 {}',
    decimals: 3,
  },
  'bare-trees': {
    label: 'Trees without green',
    text: `Most of the window is tree cover or mangroves, but their mean NDVI is below ${limits.treeNdvi}.`,
    measured: 'mean NDVI {}',
    decimals: 2,
  },
  'green-bare': {
    label: 'Green on bare ground or water',
    text: `Most of the window is bare ground, snow or water, but its mean NDVI is above ${limits.bareNdvi}.`,
    measured: 'mean NDVI {}',
    decimals: 2,
  },
  'bare-biomass': {
    label: 'Biomass on bare ground',
    text: `The middle of the window is bare ground, but the AGBD is above ${limits.bareAgbd} Mg/ha.`,
    measured: '{} Mg/ha',
    decimals: 0,
  },
  duplicate: {
    label: 'Duplicate footprint',
    text: `Another sample of the list has the same shot number, or its centre within ${limits.duplicateMetres} m.`,
    measured: '{} m apart',
    decimals: 1,
  },
} as const satisfies Record<string, SuspectRule>

export type SuspectRuleName = keyof typeof SUSPECT_RULES
export const SUSPECT_RULE_NAMES = Object.keys(SUSPECT_RULES) as [SuspectRuleName, ...SuspectRuleName[]]

/** A rule that a sample meets, with the value that was measured. */
export const suspectHitSchema = z.object({ rule: z.enum(SUSPECT_RULE_NAMES), value: z.number() })
export type SuspectHit = z.infer<typeof suspectHitSchema>

/** WorldCover classes of trees, and of ground without plants: bare, snow and ice, water. */
const TREES: ReadonlySet<number> = new Set([10, 95])
const WITHOUT_PLANTS: ReadonlySet<number> = new Set([60, 70, 80])
const BARE = 60

/** What the rules are judged by; NaN where a sample has no such number. */
export interface SuspectMeasures {
  /** 1 where a chunk of the sample is damaged, 0 elsewhere. */
  damaged: number
  /** Greatest standard deviation among B02, B03, B04 and B08, of reflectance. */
  deviation: number
  /** Pixels without data in at least one band. */
  missing: number
  /** Mean reflectance in B02 of the pixels that the scene classification calls vegetation. */
  blue: number
  /** Most frequent WorldCover class of the window, and mean NDVI of its pixels. */
  landCover: number
  ndvi: number
  /** WorldCover class of most of the four pixels in the middle of the window. */
  middleCover: number
  /** Mg/ha. */
  agbd: number
  /** Distance of the nearest other footprint, m; NaN where none is near. */
  nearest: number
}

/** The rules that a sample meets. */
export function suspectHits(measures: SuspectMeasures): SuspectHit[] {
  const { damaged, deviation, missing, blue, landCover, ndvi, middleCover, agbd, nearest } = measures
  const judged: [SuspectRuleName, boolean, number][] = [
    ['unreadable', damaged > 0, damaged],
    ['flat', deviation < limits.flatDeviation, deviation],
    ['missing', missing > 0, missing],
    ['offset', blue > limits.offsetBlue, blue],
    ['bare-trees', TREES.has(landCover) && ndvi < limits.treeNdvi, ndvi],
    ['green-bare', WITHOUT_PLANTS.has(landCover) && ndvi > limits.bareNdvi, ndvi],
    ['bare-biomass', middleCover === BARE && agbd > limits.bareAgbd, agbd],
    ['duplicate', nearest <= limits.duplicateMetres, nearest],
  ]
  return judged.filter(([, hit]) => hit).map(([rule, , value]) => ({ rule, value }))
}

/** "mean of B02 0.143": the measured value of a rule in words. */
export function measuredText({ rule, value }: SuspectHit): string {
  const { measured, decimals } = SUSPECT_RULES[rule]
  return measured.replace('{}', value.toFixed(decimals))
}
