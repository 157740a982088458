import type { RunEvent, RunListener } from '../../src-shared/run/events'
import { describeEvent } from '../run/describe-event'
import { ProgressLine } from './progress-line'

/** Where a command writes: standard output for results, standard error for what goes on meanwhile. */
export interface Streams {
  out: NodeJS.WriteStream
  err: NodeJS.WriteStream
}

/** Tells a run on the terminal: a moving line where there is one, plain lines where output is piped. */
export function terminalReporter({ err }: Streams): RunListener & { end: () => void } {
  const progress = new ProgressLine(err)
  const line = (text: string): void => {
    progress.clear()
    err.write(`${text}\n`)
  }
  const listener = (event: RunEvent): void => {
    if (event.kind === 'progress') progress.show(event)
    else {
      const text = describeEvent(event)
      if (text !== null) line(text)
    }
  }
  return Object.assign(listener, { end: () => progress.clear() })
}

/** Tells a run as one JSON object a line on standard output, for other programs. */
export function jsonReporter({ out }: Streams): RunListener & { end: () => void } {
  return Object.assign((event: RunEvent) => void out.write(`${JSON.stringify(event)}\n`), {
    end: () => undefined,
  })
}
