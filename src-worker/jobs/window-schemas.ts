import { z } from 'zod'
import { sceneOutlineSchema } from '../../src-shared/api/inspection'

/** Jobs that only the window asks for. */
export const WINDOW_JOBS = {
  /** Outlines of the scenes that the plans cut from. */
  'scene-outlines': {
    input: z.object({
      scenes: z.string(),
      /** Plan files; those that are not there are passed over. */
      plans: z.array(z.string()),
      memoryMb: z.int().positive(),
      tempDirectory: z.string(),
    }),
    output: z.array(sceneOutlineSchema),
  },
} as const
