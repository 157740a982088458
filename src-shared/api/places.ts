import { z } from 'zod'

/**
 * What a path is wanted for: it decides the title and the filter of the dialog. Folders are project, new-project (the
 * folder in which the new one is made), granules and imagery; files are granule-files, table, area and dataset.
 */
export const PLACE_KINDS = [
  'project',
  'new-project',
  'granules',
  'granule-files',
  'imagery',
  'table',
  'area',
  'dataset',
] as const
export const placeKindSchema = z.enum(PLACE_KINDS)
export type PlaceKind = z.infer<typeof placeKindSchema>

/** A folder as the server-side browser lists it. */
export const folderListingSchema = z.object({
  path: z.string(),
  /** null at a root. */
  parent: z.string().nullable(),
  roots: z.array(z.string()),
  entries: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      folder: z.boolean(),
      /** Bytes of a file; null for a folder. */
      bytes: z.number().nullable(),
      /** Whether the folder holds a project. */
      project: z.boolean(),
    }),
  ),
  /** Whether the folder holds more entries than are listed. */
  truncated: z.boolean(),
})
export type FolderListing = z.infer<typeof folderListingSchema>

/** What is known of the place that a project lies in. */
export const spaceSchema = z.object({
  path: z.string(),
  exists: z.boolean(),
  writable: z.boolean(),
  freeBytes: z.number().nullable(),
  totalBytes: z.number().nullable(),
})
export type Space = z.infer<typeof spaceSchema>
