import { z } from 'zod'

/** What the map shows as points: all footprints of the granules, or those of the subset tables. */
export const EXPLORE_LAYERS = ['footprints', 'subset'] as const
export type ExploreLayer = (typeof EXPLORE_LAYERS)[number]

/** What is held after a layer was opened. */
export const openedSchema = z.object({
  /** Footprints. */
  rows: z.int().nonnegative(),
  /**
   * Where they lie, degrees; null where there are none. West is above east where the shortest way around them crosses
   * the antimeridian.
   */
  bounds: z.object({ west: z.number(), south: z.number(), east: z.number(), north: z.number() }).nullable(),
})
export type OpenedLayer = z.infer<typeof openedSchema>

/**
 * Names inside the vector tiles. A tile holds one layer: `density`, squares of 1/64 of the tile's edge, where more than
 * TILE_POINTS footprints are shown in it, otherwise `points`.
 */
export const TILE_LAYERS = { density: 'density', points: 'points' } as const

/** Most footprints that a tile shows one by one. */
export const TILE_POINTS = 4000

/** A point; the id of the feature is the row, by which its record can be asked for. */
export interface PointProperties {
  /** Mg/ha, rounded to 0.1; missing where the footprint has none. */
  agbd?: number
  /** 0 in no split, 1 train, 2 test. */
  split: number
  /** Day of the year of acquisition, 1 to 366. */
  doy: number
  /** One of STATES, or that of a reason of rejection. */
  state: number
}

/** A square of the density. */
export interface DensityProperties {
  /** Footprints: kept ones, or of the subset. The means below are over these. */
  count: number
  /** Of these in the splits. */
  train: number
  test: number
  /** Mean of the AGBD, Mg/ha, rounded to 0.1; missing where count is 0. */
  agbd?: number
  /** Mean day of the year, rounded; missing where count is 0. */
  doy?: number
  /** Of the subset, cut and rejected ones; 0 in the layer footprints. */
  done: number
  rejected: number
  failed: number
  /** Footprints that are not kept; 0 unless they were asked for. */
  dropped: number
}
