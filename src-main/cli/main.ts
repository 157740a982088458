#!/usr/bin/env node
import { toStudioError } from '../../src-shared/errors/studio-error'
import { EXIT, exitStatusOf } from './exit-status'
import { runProgram } from './program'

const controller = new AbortController()

/** The first signal cancels, so that files are left whole; a second one ends the program at once. */
function onSignal(): void {
  if (controller.signal.aborted) process.exit(EXIT.cancelled)
  process.stderr.write('\nStopping; press Ctrl-C again to end at once.\n')
  controller.abort()
}
process.on('SIGINT', onSignal)
process.on('SIGTERM', onSignal)
// A reader that went away (| head) is no fault.
process.stdout.on('error', () => process.exit(EXIT.done))

try {
  const streams = { out: process.stdout, err: process.stderr }
  process.exitCode = await runProgram(process.argv.slice(2), streams, controller.signal)
} catch (thrown) {
  const error = toStudioError(thrown)
  if (process.argv.includes('--json')) {
    process.stdout.write(`${JSON.stringify({ kind: 'error', error: error.toJSON() })}\n`)
  }
  process.stderr.write(`gedi-dataset: ${error.describe()}\n`)
  if (error.tag === 'internal' && thrown instanceof Error) process.stderr.write(`${thrown.stack ?? ''}\n`)
  process.exitCode = exitStatusOf(error)
}
