import { z } from 'zod'
import { makeBatches } from '../world/batches'
import { makeCutPlans } from '../world/cut-plans'
import { makeGranule } from '../world/granule'
import { makeImagery } from '../world/imagery'
import { makeJp2 } from '../world/jp2'
import { makeSceneChoice } from '../world/scene-choice'
import { GRANULES, makeShotTables, MANY_GRANULES } from '../world/shot-tables'
import { makeSubmission } from '../world/submission'
import { makeTracks } from '../world/tracks'
import type { Task } from './task'

const input = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('imagery'), folder: z.string(), withGdal: z.boolean() }),
  z.object({ kind: z.literal('plans'), folder: z.string(), imagery: z.string() }),
  z.object({ kind: z.literal('jp2'), folder: z.string() }),
  z.object({ kind: z.literal('granule'), folder: z.string() }),
  z.object({ kind: z.literal('shots'), folder: z.string() }),
  z.object({ kind: z.literal('many-shots'), folder: z.string() }),
  z.object({ kind: z.literal('scenes'), folder: z.string() }),
  z.object({ kind: z.literal('submission'), folder: z.string() }),
  z.object({ kind: z.literal('tracks'), folder: z.string() }),
  z.object({ kind: z.literal('batches'), folder: z.string() }),
])
export type WorldPart = z.infer<typeof input>

/** Makes a part of the benchmarks' data. */
export const prepare: Task<WorldPart, null> = {
  input,
  output: z.null(),
  run: async (part) => {
    switch (part.kind) {
      case 'imagery':
        await makeImagery(part.folder, part.withGdal)
        break
      case 'plans':
        await makeCutPlans(part.folder, part.imagery)
        break
      case 'jp2':
        await makeJp2(part.folder)
        break
      case 'granule':
        await makeGranule(part.folder)
        break
      case 'shots':
        await makeShotTables(part.folder, GRANULES)
        break
      case 'many-shots':
        await makeShotTables(part.folder, MANY_GRANULES)
        break
      case 'scenes':
        await makeSceneChoice(part.folder)
        break
      case 'submission':
        await makeSubmission(part.folder)
        break
      case 'tracks':
        await makeTracks(part.folder)
        break
      case 'batches':
        await makeBatches(part.folder)
    }
    return null
  },
}
