import { z } from 'zod'
import { cardFactsSchema } from '../../src-shared/card/card-facts'
import { SPLITS } from '../../src-shared/footprint/footprint'

/** The job of the data card. */
export const CARD_JOBS = {
  /** Counts what dataset files hold. */
  'card-facts': {
    input: z.object({
      files: z.array(z.object({ split: z.enum(SPLITS), path: z.string() })),
      /** Whether digests are made of files however large. */
      verification: z.enum(['sampled', 'full']),
    }),
    output: cardFactsSchema,
  },
} as const
