import { z } from 'zod'
import { serializedErrorSchema } from '../errors/studio-error'

/** A granule file in the inputs, as far as it is known. */
export const granuleRowSchema = z.object({
  name: z.string(),
  path: z.string(),
  bytes: z.number(),
  /** ISO time of the acquisition by the file name. */
  acquired: z.string(),
  orbit: z.int(),
  /** Shots in it; null while it has not been read into the project. */
  shots: z.int().nullable(),
  problem: serializedErrorSchema.nullable(),
})
export type GranuleRow = z.infer<typeof granuleRowSchema>

/** What was recognised in the project's GEDI inputs. */
export const granuleInspectionSchema = z.object({
  granules: z.array(granuleRowSchema),
  /** Files and folders that are no granules or cannot be read. */
  problems: z.array(serializedErrorSchema),
})
export type GranuleInspection = z.infer<typeof granuleInspectionSchema>

/** What asking a server for a layer of imagery showed. */
export const serverCheckSchema = z.object({
  layer: z.enum(['scenes', 'dem', 'landcover']),
  host: z.string(),
  /** Milliseconds until its first answer; null where there was none, or nothing to ask for. */
  latencyMs: z.number().nullable(),
  /** Ids of the collections that will be searched; none of a public bucket. */
  collections: z.array(z.string()),
  /** Whether the first bytes of one file could be read, signed where that is due; `not-needed` where there was none to try. */
  testRead: z.enum(['ok', 'not-needed', 'failed']),
  error: serializedErrorSchema.nullable(),
})
export type ServerCheck = z.infer<typeof serverCheckSchema>

/** What a check of an imagery source found. */
export const sourceCheckSchema = z.object({
  scenes: z.int(),
  demTiles: z.int(),
  landcoverTiles: z.int(),
  /** First and last day of the scenes, YYYY-MM-DD; null without scenes. */
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
  /** One for each layer that comes from a server; scenes and tiles there are not counted. */
  servers: z.array(serverCheckSchema),
  seconds: z.number(),
  /** Items and files that cannot be used, the first of them, and how many in all. */
  problems: z.array(serializedErrorSchema),
  problemsTotal: z.int(),
})
export type SourceCheck = z.infer<typeof sourceCheckSchema>

/** One line of the list that is gone through before a long run. */
export const preflightItemSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** The figure with its unit. */
  value: z.string(),
  mark: z.enum(['good', 'warning', 'bad', 'unknown']),
  /** What it means or what to do, where that is not plain. */
  note: z.string().nullable(),
})
export type PreflightItem = z.infer<typeof preflightItemSchema>

/** A dataset file that the project has. */
export const datasetFileSchema = z.object({
  split: z.enum(['train', 'test']),
  path: z.string(),
  bytes: z.number(),
  samples: z.int(),
  /** ISO time. */
  written: z.string(),
})
export type DatasetFile = z.infer<typeof datasetFileSchema>

/** Outline of a Sentinel-2 scene that the plan uses. */
export const sceneOutlineSchema = z.object({
  id: z.string(),
  tile: z.string(),
  /** ISO time. */
  sensed: z.string(),
  cloudCover: z.number(),
  /** Longitude and latitude of the corners of its data, degrees. */
  ring: z.array(z.tuple([z.number(), z.number()])),
  /** Footprints of the subset that are cut from it. */
  footprints: z.int(),
})
export type SceneOutline = z.infer<typeof sceneOutlineSchema>
