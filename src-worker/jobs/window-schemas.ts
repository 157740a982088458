import { z } from 'zod'
import { sceneOutlineSchema } from '../../src-shared/api/inspection'

/** Jobs that only the window asks for: what a source offers, and what the plan uses of it. */
export const WINDOW_JOBS = {
  /** Reads what the imagery sources offer and keeps nothing. What cannot be used is told as left out. */
  'catalog-check': {
    input: z.object({ source: z.string(), demSource: z.string(), landcoverSource: z.string() }),
    output: z.object({
      scenes: z.int(),
      demTiles: z.int(),
      landcoverTiles: z.int(),
      /** YYYY-MM-DD; null without scenes. */
      firstDay: z.string().nullable(),
      lastDay: z.string().nullable(),
    }),
  },
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
