import { z } from 'zod'
import { distributionSchema } from '../../src-shared/explore/distribution'
import { filterCountsSchema } from '../../src-shared/explore/filter-counts'
import { EXPLORE_LAYERS, openedSchema } from '../../src-shared/explore/layers'
import { exploreRecordSchema } from '../../src-shared/explore/record'
import { stateCountsSchema } from '../../src-shared/explore/states'
import { settingsSchema } from '../../src-shared/settings/settings'
import { granuleSummarySchema } from '../footprints/granule-summary'

const limits = { memoryMb: z.int().positive(), tempDirectory: z.string() }
/** A file or folder of each split, null where there is none. */
const bySplit = z.object({ train: z.string().nullable(), test: z.string().nullable() })
const layer = z.enum(EXPLORE_LAYERS)

/**
 * The jobs behind the Filter step, the Subset step and the map. All but the first and the last want a layer that was
 * opened before in the same process; without one they end with `not-ready`.
 */
export const EXPLORE_JOBS = {
  /**
   * Loads a layer, in place of what was loaded as this layer before. `granules` and `combined` become the layer
   * footprints, `subset` the layer subset. Progress counts footprints.
   */
  'explore-open': {
    input: z.discriminatedUnion('from', [
      z.object({
        from: z.literal('granules'),
        granules: z.array(z.object({ parquet: z.string(), summary: granuleSummarySchema })),
        ...limits,
      }),
      z.object({ from: z.literal('combined'), tables: bySplit, ...limits }),
      z.object({
        from: z.literal('subset'),
        tables: bySplit,
        /** Tables of footprints without a scene; they may not exist yet. */
        noScene: bySplit,
        /** Folders of the records of batches; they may not exist yet. */
        records: bySplit,
        ...limits,
      }),
    ]),
    output: openedSchema,
  },
  /** Applies settings to the layer footprints. Until the first time all of them count as kept. */
  'explore-filter': {
    input: z.object({ settings: settingsSchema, areaFile: z.string().nullable() }),
    output: filterCountsSchema,
  },
  /** Reads what became of the footprints of the subset since the last time. */
  'explore-states': { input: z.object({}), output: stateCountsSchema },
  /** A Mapbox vector tile, see TILE_LAYERS. */
  'explore-tile': {
    input: z.object({
      layer,
      z: z.int().min(0).max(24),
      x: z.int().nonnegative(),
      y: z.int().nonnegative(),
      /** Whether footprints that are not kept are in it too. */
      dropped: z.boolean(),
    }),
    output: z.object({ bytes: z.instanceof(Uint8Array) }),
  },
  /** Everything about one footprint of a tile. */
  'explore-record': {
    input: z.object({ layer, row: z.int().nonnegative() }),
    output: exploreRecordSchema,
  },
  /** Counts a combined or subset table; nothing needs to be open. */
  distribution: {
    input: z.object({ table: z.string(), ...limits }),
    output: distributionSchema,
  },
} as const
