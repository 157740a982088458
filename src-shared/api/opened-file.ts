import { z } from 'zod'
import { sampleFileSchema } from './run-state'

/** A file of samples that was opened alone. */
export const openedFileSchema = z.object({ file: sampleFileSchema, path: z.string(), name: z.string() })
export type OpenedFile = z.infer<typeof openedFileSchema>
