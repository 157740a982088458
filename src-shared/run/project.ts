import { z } from 'zod'
import { settingsSchema } from '../settings/settings'

/** Version of `project.json` and of the other files that keep a project's state. */
export const PROJECT_FORMAT = 1

const tablesSchema = z.object({ train: z.string().nullable(), test: z.string().nullable() })

/** Where a project's data come from: absolute paths, or names of providers. */
export const sourcesSchema = z.object({
  /** Folders and files with GEDI L4A granules. */
  inputs: z.array(z.string()),
  /** Source of Sentinel-2 scenes. */
  source: z.string().nullable(),
  /** Sources of terrain and land cover; null: the same as `source`. */
  demSource: z.string().nullable(),
  landcoverSource: z.string().nullable(),
  /** Tables given instead of granules. */
  combined: tablesSchema,
  subset: tablesSchema,
})
export type Sources = z.infer<typeof sourcesSchema>

/** A project that has no sources yet. */
export const NO_SOURCES: Sources = {
  inputs: [],
  source: null,
  demSource: null,
  landcoverSource: null,
  combined: { train: null, test: null },
  subset: { train: null, test: null },
}

/** `project.json`: what a run is made from. */
export const projectSchema = z.object({
  formatVersion: z.literal(PROJECT_FORMAT),
  name: z.string(),
  /** ISO time. */
  created: z.string(),
  softwareVersion: z.string(),
  sources: sourcesSchema,
  settings: settingsSchema,
})
export type Project = z.infer<typeof projectSchema>
