#!/usr/bin/env node
import { toStudioError } from '../../src-shared/errors/studio-error'
import { EXIT, exitStatusOf } from './exit-status'
import { runProgram } from './program'

const controller = new AbortController()

/** What has not stopped so many milliseconds after it was asked to, such as a read from a disk that is gone, is left to itself. */
const STOP_MS = 2000

/**
 * The first signal cancels; a second one, or two seconds, end the program at once. Files are whole in either case: they
 * get their names when they are complete.
 */
function onSignal(): void {
  if (controller.signal.aborted) process.exit(EXIT.cancelled)
  process.stderr.write('\nStopping; press Ctrl-C again to end at once.\n')
  controller.abort()
  setTimeout(() => process.exit(EXIT.cancelled), STOP_MS).unref()
}
process.on('SIGINT', onSignal)
process.on('SIGTERM', onSignal)

/**
 * Nobody reads on (| head), or the disk that output goes to is full: a run stops as it does on Ctrl-C, so that nothing
 * is left half-done. What had been finished by then counts, unless its output is lost.
 */
function onOutputLost(error: NodeJS.ErrnoException): void {
  if (controller.signal.aborted) return
  controller.abort()
  if (error.code === 'EPIPE') return
  process.exitCode = EXIT.failed
  process.stderr.write(`gedi-dataset: The output cannot be written: ${error.message}.\n`)
}
process.stdout.on('error', onOutputLost)
process.stderr.on('error', onOutputLost)

try {
  const streams = { out: process.stdout, err: process.stderr }
  const status = await runProgram(process.argv.slice(2), streams, controller.signal)
  process.exitCode ??= status
} catch (thrown) {
  const error = toStudioError(thrown)
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ kind: 'error', error: error.toJSON() })}\n`)
  }
  process.stderr.write(`gedi-dataset: error (${error.tag}): ${error.describe()}\n`)
  if (error.tag === 'internal' && thrown instanceof Error) process.stderr.write(`${thrown.stack ?? ''}\n`)
  process.exitCode ??= exitStatusOf(error)
}
