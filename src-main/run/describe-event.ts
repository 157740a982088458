import { StudioError } from '../../src-shared/errors/studio-error'
import type { RunEvent } from '../../src-shared/run/events'
import { STEP_LABELS } from '../../src-shared/run/steps'

/** An event as a line of a log, null for what only moves a bar or a figure. */
export function describeEvent(event: RunEvent): string | null {
  switch (event.kind) {
    case 'step-started':
      return `${STEP_LABELS[event.step]} (${event.what}) …`
    case 'step-kept':
      return `${STEP_LABELS[event.step]} (${event.what}): already done.`
    case 'step-done':
      return `${STEP_LABELS[event.step]}: ${event.what} in ${event.seconds.toFixed(1)} s.`
    case 'skipped':
      return `Left out (${event.error.tag}): ${StudioError.fromJSON(event.error).describe()}`
    case 'log':
      return event.level === 'info' ? event.message : `${event.level}: ${event.message}`
    case 'progress':
    case 'worker':
    case 'planned':
    case 'batch':
    case 'finishing':
      return null
  }
}
