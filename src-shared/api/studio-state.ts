import { z } from 'zod'
import { serializedErrorSchema } from '../errors/studio-error'
import { openedSchema } from '../explore/layers'
import { sourcesSchema } from '../run/project'
import { settingsSchema } from '../settings/settings'
import { openedFileSchema } from './opened-file'
import { STAGES, stageStateSchema } from './stages'

/** A project that was open before. */
export const recentProjectSchema = z.object({
  folder: z.string(),
  name: z.string(),
  /** ISO time. */
  opened: z.string(),
  /** Whether the folder still holds a project. */
  exists: z.boolean(),
  /** One line about how far it is: "Subset drawn, 41,200 samples cut". */
  summary: z.string(),
  /** Where its footprints lie, for the small map; null where not known yet. */
  bounds: openedSchema.shape.bounds,
})
export type RecentProject = z.infer<typeof recentProjectSchema>

/** The open project as the window shows it. */
export const projectStateSchema = z.object({
  folder: z.string(),
  name: z.string(),
  created: z.string(),
  sources: sourcesSchema,
  settings: settingsSchema,
  /** What undo and redo would do, in words ("Smallest AGBD 20"); null where there is nothing. */
  undo: z.string().nullable(),
  redo: z.string().nullable(),
  /** Whether `project.json` holds the state shown; an error where it cannot be written. */
  saved: z.union([z.literal('saved'), z.literal('saving'), serializedErrorSchema]),
  /** Set where a damaged `project.json` was put aside: its new name, and what was recovered from it. */
  recovered: z.object({ keptAs: z.string(), recovered: z.array(z.string()) }).nullable(),
  stages: z.record(z.enum(STAGES), stageStateSchema),
  /** Changes whenever results on disk have changed, so that views load again. */
  resultsRevision: z.int(),
})
export type ProjectState = z.infer<typeof projectStateSchema>

/** All that the window needs to draw its frame; sent whole whenever it changes. */
export const studioStateSchema = z.object({
  software: z.string(),
  /** desktop: native dialogs and drops; served: folders are chosen in a list of the server's. */
  face: z.enum(['desktop', 'served']),
  recent: z.array(recentProjectSchema),
  project: projectStateSchema.nullable(),
  /** The file of samples that is looked at alone; only while no project is open. */
  file: openedFileSchema.nullable(),
})
export type StudioState = z.infer<typeof studioStateSchema>
