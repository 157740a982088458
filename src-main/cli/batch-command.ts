import type { Command } from 'commander'
import { StudioError } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import { runBatches } from '../run/run-batches'
import { forkWorkers } from '../workers/fork-worker'
import { EXIT } from './exit-status'
import { openProject, type CommandResult } from './project-command'
import { jsonReporter, terminalReporter, type Streams } from './reporter'
import { projectOptions } from './source-options'

/** Cuts some batches of a planned project: what the tasks of a cluster do. */
export async function runBatchRange(
  command: Command,
  index: string,
  streams: Streams,
  signal: AbortSignal,
): CommandResult {
  const range = parseRange(index)
  const { paths, project, workers } = await openProject(command)
  const json = projectOptions(command).json === true
  const reporter = json ? jsonReporter(streams) : terminalReporter(streams)
  try {
    const environment = { spawn: forkWorkers(), emit: reporter, signal }
    const report = await runBatches(paths, project, range, workers, environment)
    reporter.end()
    const { batches, samples, rejected, failed, seconds } = report
    const text = `${counted(batches, 'batch', 'batches')}: ${counted(samples, 'sample')}, ${rejected} rejected, ${failed} failed, ${seconds.toFixed(1)} s`
    streams.out.write(`${json ? JSON.stringify({ kind: 'batches', ...report }) : text}\n`)
    return failed > 0 ? EXIT.leftOut : EXIT.done
  } finally {
    reporter.end()
  }
}

/** `3` or `3-7`. */
function parseRange(text: string): { first: number; last: number } {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text)
  const first = Number(match?.[1])
  const last = Number(match?.[2] ?? match?.[1])
  if (match !== null && first <= last) return { first, last }
  throw new StudioError('usage', `--index: "${text}" is no range of batches.`, {
    hint: 'Give one number or a range such as 0-9.',
  })
}
