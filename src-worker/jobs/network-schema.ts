import { z } from 'zod'

/** What a job that may read from servers is told beside the settings. */
export const networkSchema = z.object({
  /** Connections to one server that this worker may have. */
  connections: z.int().positive(),
  /** Folder of what the project keeps of files on servers. */
  cacheFolder: z.string(),
  /** Bytes that all of it may take; 0 keeps nothing. */
  cacheBytes: z.number().nonnegative(),
})
export type NetworkLimits = z.infer<typeof networkSchema>
