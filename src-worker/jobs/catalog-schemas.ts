import { z } from 'zod'
import { serverCheckSchema } from '../../src-shared/api/inspection'
import { settingsSchema } from '../../src-shared/settings/settings'
import { networkSchema } from './network-schema'

/** Where the three layers come from; null terrain or land cover: from where the scenes come. */
const sources = {
  source: z.string(),
  demSource: z.string().nullable(),
  landcoverSource: z.string().nullable(),
}

export const catalogFilesSchema = z.object({ scenes: z.string(), tiles: z.string() })

/** Jobs on what the imagery sources offer. */
export const CATALOG_JOBS = {
  /** Reads the imagery sources and keeps what they offer in the project. */
  catalog: {
    input: z.object({
      ...sources,
      /** Subset tables; sources on servers are asked for their footprints. */
      subsets: z.array(z.string()),
      settings: settingsSchema,
      network: networkSchema,
      /** Folder in which answers of servers are kept. */
      searches: z.string(),
      files: catalogFilesSchema,
      /** File that says which footprints failed searches leave open. */
      open: z.string(),
      /** Whether plans go by the catalog that is there: its scenes keep their numbers, new ones come after them. */
      extend: z.boolean(),
      memoryMb: z.int().positive(),
      tempDirectory: z.string(),
    }),
    output: z.object({
      scenes: z.int(),
      dem: z.int(),
      landcover: z.int(),
      /** Searches that failed; none in records of versions that failed with them. */
      failedSearches: z.int().default(0),
      /** Whether it was added to after plans were made by it. */
      extended: z.boolean().default(false),
    }),
  },
  /**
   * Reads what the imagery sources offer and keeps nothing: folders are read, servers asked whether they answer. What
   * cannot be used is told as left out.
   */
  'catalog-check': {
    /** What must be inflated of archives goes into `tempDirectory`. */
    input: z.object({ ...sources, settings: settingsSchema, tempDirectory: z.string() }),
    output: z.object({
      scenes: z.int(),
      demTiles: z.int(),
      landcoverTiles: z.int(),
      /** YYYY-MM-DD; null without scenes. */
      firstDay: z.string().nullable(),
      lastDay: z.string().nullable(),
      servers: z.array(serverCheckSchema),
    }),
  },
} as const
