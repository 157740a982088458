import type { DatabaseOptions } from '../footprints/database'
import { patchesOfFile, patchesOfTable } from '../leakage/load-patches'
import { measureLeakage } from '../leakage/measure-leakage'
import type { JobContext } from '../process/context'
import type { JobInput, JobOutput } from './schemas'

/**
 * Measures how near the test patches are to the train patches, of dataset files or of subset tables.
 * @throws StudioError as patchesOfFile, patchesOfTable
 */
export async function runLeakage(
  { basis, train, test, ...limits }: JobInput<'leakage'>,
  ctx: JobContext,
): Promise<JobOutput<'leakage'>> {
  const load = (path: string): ReturnType<typeof patchesOfFile> =>
    basis === 'samples'
      ? patchesOfFile(path, ctx.signal)
      : patchesOfTable(path, limits satisfies DatabaseOptions, ctx.signal)
  const patches = { train: await load(train), test: await load(test) }
  return { basis, ...(await measureLeakage(patches, ctx)) }
}
