import { z } from 'zod'

const count = z.int().nonnegative()

/**
 * Edges between the classes of distance, metres: the first class is below the first edge, the last from the last edge
 * on. A GEDI footprint is 25 m wide and its position 10 m uncertain, a patch is 320 m wide.
 */
export const DISTANCE_EDGES = [10, 50, 100, 320, 1000, 5000, 20_000, 100_000] as const

/** How near the test patches of a project are to its train patches. */
export const leakageSchema = z.object({
  /** What was measured: the samples of the datasets, or the subset tables, whose windows are estimated. */
  basis: z.enum(['samples', 'subset']),
  train: count,
  test: count,
  /** Test patches that share pixels with at least one train patch. */
  sharing: count,
  /** Test patches by the distance to the nearest train footprint, one number for each class of DISTANCE_EDGES. */
  distances: z.array(count).length(DISTANCE_EDGES.length + 1),
  /** Half of the test footprints are at most this far from a train footprint, metres; null where a split is empty. */
  median: z.number().nonnegative().nullable(),
})
export type Leakage = z.infer<typeof leakageSchema>

/** Names of the classes of distance, from near to far. */
export const DISTANCE_NAMES: readonly string[] = [
  'under 10 m',
  '10 to 50 m',
  '50 to 100 m',
  '100 to 320 m',
  '320 m to 1 km',
  '1 to 5 km',
  '5 to 20 km',
  '20 to 100 km',
  '100 km and more',
]

/** The figure of leakage in a sentence: "12 of 340 test patches share pixels with train patches (3.5 %)". */
export function sharingWords({ sharing, test }: Pick<Leakage, 'sharing' | 'test'>): string {
  const number = (value: number): string => value.toLocaleString('en-US')
  const verb = sharing === 1 ? 'shares' : 'share'
  const patches = test === 1 ? 'test patch' : 'test patches'
  const percent = test === 0 ? '' : ` (${shareText(sharing, test)})`
  return `${number(sharing)} of ${number(test)} ${patches} ${verb} pixels with train patches${percent}`
}

/** A distance with its unit: "43 m", "1.9 km". */
export function distanceText(metres: number): string {
  if (metres < 1000) return `${metres.toFixed(metres < 10 ? 1 : 0)} m`
  const km = metres / 1000
  return `${km.toFixed(km < 100 ? 1 : 0)} km`
}

function shareText(part: number, whole: number): string {
  const percent = (100 * part) / whole
  return part > 0 && percent < 0.05 ? 'under 0.1 %' : `${percent.toFixed(1)} %`
}
