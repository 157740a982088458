import { cutBands, cutJob, cutSamples } from './cutting'
import { decodeTiles } from './decoding'
import { combineTracks, distribution, explore } from './exploring'
import { copyFile, fuse } from './fusing'
import { prepare } from './preparing'
import { combine, ingest, plan, readColumns, tablesToSubsets } from './tables'

/** Everything that is done in processes of their own, by name. */
export const TASKS = {
  cutBands,
  cutSamples,
  cutJob,
  decodeTiles,
  readColumns,
  ingest,
  combine,
  tablesToSubsets,
  plan,
  explore,
  combineTracks,
  distribution,
  fuse,
  copyFile,
  prepare,
}

export type TaskName = keyof typeof TASKS
export type TaskInput<Name extends TaskName> = Parameters<(typeof TASKS)[Name]['run']>[0]
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]['run']>>
