import { z } from 'zod'
import { serializedErrorSchema } from '../errors/studio-error'
import { shotNumberSchema, SPLITS } from '../footprint/footprint'
import { patchFiltersSchema, rowChoiceSchema } from './patch-filters'
import { suspectHitSchema } from './suspects'

/** Samples that one answer holds at most. */
export const LARGEST_PAGE = 10_000

/** One sample of a batch or dataset file: what a grid of patches sorts and shows. Null where the file has no number. */
export const patchSampleSchema = z.object({
  file: z.string(),
  /** Row of the sample in its file, from 0. */
  row: z.int().nonnegative(),
  /** 0 where the file has none. */
  shotNumber: shotNumberSchema,
  /** Aboveground biomass density and its standard error, Mg/ha. */
  agbd: z.number().nullable(),
  agbdSe: z.number().nullable(),
  /** WGS 84, degrees, to the precision of float32 (about half a metre). */
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  /** Time of the granule as the file has it, `2020-06-07T04:11:09Z`. */
  acquisitionTime: z.string(),
  /** Sentinel-2 product. */
  product: z.string(),
  /** Day on which the scene was sensed, `2020-06-09`; null where the product's name does not say. */
  sceneDate: z.string().nullable(),
  /** Share of the window's pixels in the cloud classes 8, 9 and 10 of the scene classification, 0 to 1. */
  cloudShare: z.number().nullable(),
  /** Altitude, m, and slope, percent or degrees by setting: means of the four pixels around the middle of the window. */
  altitude: z.number().nullable(),
  slope: z.number().nullable(),
  /** Most frequent WorldCover class of the window; null while it is not measured. */
  landCover: z.int().nullable().default(null),
  /** The rules that the sample meets; null while it is not measured. */
  suspects: z.array(suspectHitSchema).nullable().default(null),
})
export type PatchSample = z.infer<typeof patchSampleSchema>

/** What samples can be ordered by; `file` is their order in the files, files in the order in which they were named. */
export const PATCH_ORDERS = {
  file: 'Order in the file',
  suspects: 'Suspects first',
  agbd: 'Biomass density',
  agbdSe: 'Standard error',
  relativeError: 'Relative error',
  acquisitionTime: 'Time of the footprint',
  sceneDate: 'Date of the scene',
  cloudShare: 'Cloud',
  altitude: 'Altitude',
  slope: 'Slope',
  landCover: 'Land cover',
  product: 'Product',
  lat: 'Latitude',
  lon: 'Longitude',
} as const
export type PatchOrder = keyof typeof PATCH_ORDERS
export const patchOrderSchema = z.enum(Object.keys(PATCH_ORDERS) as [PatchOrder, ...PatchOrder[]])

/** A page of the samples of several files. Samples that lack what they are ordered by come last. */
export const patchListRequestSchema = z.object({
  files: z.array(z.string()),
  order: patchOrderSchema.default('file'),
  descending: z.boolean().default(false),
  filters: patchFiltersSchema.default({}),
  /** Rows chosen by something beside the files; null for all. */
  rows: rowChoiceSchema.nullable().default(null),
  /** Whether files may lack datasets, as those of other programs do. */
  partly: z.boolean().default(false),
  offset: z.int().nonnegative().default(0),
  limit: z.int().min(1).max(LARGEST_PAGE).default(1000),
  /** Samples whose places in this order are asked for too. */
  find: z.array(z.object({ file: z.string(), row: z.int().nonnegative() })).default([]),
})
export type PatchListRequest = z.infer<typeof patchListRequestSchema>

export const patchPageSchema = z.object({
  /** Samples that the filters leave, and those of all files that could be read. */
  total: z.int(),
  of: z.int(),
  samples: z.array(patchSampleSchema),
  /** Places of the samples of `find`, from 0; null for those that are in none of these files. */
  found: z.array(z.int().nullable()),
  /** Files that could be read, in the order in which they were named. `version` changes when the file is rewritten. */
  files: z.array(
    z.object({
      file: z.string(),
      samples: z.int(),
      version: z.string(),
      /** As the file says; null where it does not. */
      split: z.enum(SPLITS).nullable(),
      /** What the file lacks of a dataset, a line each. */
      missing: z.array(z.string()),
    }),
  ),
  /** Files that could not be read, each named by its error. */
  faults: z.array(serializedErrorSchema),
})
export type PatchPage = z.infer<typeof patchPageSchema>

/** The newest samples: those of the files written last, the last of a file first. */
export const newestPatchesRequestSchema = z.object({
  files: z.array(z.string()),
  limit: z.int().min(1).max(LARGEST_PAGE),
})
export type NewestPatchesRequest = z.infer<typeof newestPatchesRequestSchema>

export const newestPatchesSchema = z.object({ samples: z.array(patchSampleSchema) })
export type NewestPatches = z.infer<typeof newestPatchesSchema>
