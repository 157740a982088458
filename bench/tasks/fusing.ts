import { spawnSync } from 'node:child_process'
import { open, stat } from 'node:fs/promises'
import { z } from 'zod'
import { fuseSamples, type FuseOptions } from '../../src-worker/fuse/fuse'
import { quietContext } from '../../src-worker/process/context'
import { batchParts } from '../world/batches'
import type { Task } from './task'

const fuseInput = z.object({ folder: z.string(), parts: z.int(), output: z.string() })
const fuseOutput = z.object({ samples: z.int(), bytes: z.number() })

/** Fuses batch files into one, read again as a whole. */
export const fuse: Task<z.infer<typeof fuseInput>, z.infer<typeof fuseOutput>> = {
  input: fuseInput,
  output: fuseOutput,
  run: async ({ folder, parts, output }, timed) => {
    const batches = await batchParts(folder, parts)
    const options: FuseOptions = {
      compression: 1,
      slopeUnit: 'percent',
      attributes: {},
      verification: 'sampled',
      order: 'subset',
      seed: 0,
    }
    const { samples } = await timed(() => fuseSamples(batches, output, options, quietContext()))
    return { samples, bytes: (await stat(output)).size }
  },
}

const copyInput = z.object({ from: z.string(), to: z.string() })

/** Copies a file with cp and has it written to the disk. */
export const copyFile: Task<z.infer<typeof copyInput>, null> = {
  input: copyInput,
  output: z.null(),
  run: async ({ from, to }, timed) => {
    await timed(async () => {
      const { status } = spawnSync('cp', [from, to], { stdio: 'inherit' })
      if (status !== 0) throw new Error('cp failed')
      const handle = await open(to, 'r+')
      await handle.sync()
      await handle.close()
    })
    return null
  },
}
