import { z } from 'zod'
import { serializedErrorSchema } from '../errors/studio-error'
import { presetSchema, stretchSchema } from './presets'

/** Thumbnails that one request asks for at most. */
export const MOST_THUMBNAILS = 500

/** Pictures of some samples of one file. */
export const thumbnailsRequestSchema = z.object({
  file: z.string(),
  rows: z.array(z.int().nonnegative()).max(MOST_THUMBNAILS),
  preset: presetSchema,
  stretch: stretchSchema,
  /** Whether the file may lack datasets. */
  partly: z.boolean().optional(),
})
export type ThumbnailsRequest = z.infer<typeof thumbnailsRequestSchema>

export const thumbnailsSchema = z.object({
  /** Version of the file that the pictures are of, as in the list of patches. */
  version: z.string(),
  /** A PNG file of 32 x 32 pixels for each row asked for, in that order; null where the sample cannot be read. */
  images: z.array(z.instanceof(Uint8Array).nullable()),
  /** Why samples could not be read. */
  faults: z.array(z.object({ row: z.int(), error: serializedErrorSchema })),
})
export type Thumbnails = z.infer<typeof thumbnailsSchema>
