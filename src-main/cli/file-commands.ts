import { resolve } from 'node:path'
import { counted } from '../../src-shared/wording/counted'
import type { JobInput, JobName, JobOutput } from '../../src-worker/jobs/schemas'
import { forkWorkers } from '../workers/fork-worker'
import { WorkerPool } from '../workers/worker-pool'
import { EXIT } from './exit-status'
import type { CommandResult } from './project-command'
import type { Streams } from './reporter'
import { statisticsTable } from './statistics-table'

/** Checks a dataset file and prints what is wrong with it. */
export async function runVerify(
  file: string,
  json: boolean,
  { out }: Streams,
  signal: AbortSignal,
): CommandResult {
  const path = resolve(file)
  const { samples, problems } = await inWorker('verify', { path }, signal)
  if (json) out.write(`${JSON.stringify({ file: path, samples, problems })}\n`)
  else if (problems.length === 0) out.write(`${path}: ${counted(samples, 'sample')}, no problems\n`)
  else out.write(`${path}: ${counted(samples, 'sample')}\n${problems.map((line) => `  ${line}\n`).join('')}`)
  return problems.length === 0 ? EXIT.done : EXIT.failed
}

/** Prints statistics of each band of a dataset file. */
export async function runStatistics(
  file: string,
  json: boolean,
  { out }: Streams,
  signal: AbortSignal,
): CommandResult {
  const path = resolve(file)
  const statistics = await inWorker('statistics', { path }, signal)
  out.write(json ? `${JSON.stringify({ file: path, statistics })}\n` : statisticsTable(statistics))
  return EXIT.done
}

/** Does one job in a worker process of its own. */
export async function inWorker<Name extends JobName>(
  name: Name,
  input: JobInput<Name>,
  signal: AbortSignal,
): Promise<JobOutput<Name>> {
  const pool = new WorkerPool(forkWorkers(), 1)
  try {
    return await pool.run(name, input, { signal })
  } finally {
    pool.close()
  }
}
