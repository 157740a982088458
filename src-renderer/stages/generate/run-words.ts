import type { RunState } from '../../../src-shared/api/run-state'
import type { StageState } from '../../../src-shared/api/stages'
import { formatSeconds } from '../../../src-shared/wording/duration'
import { formatCount } from '../../parts/format'
import { secondsTaken } from '../../run/seconds-taken'
import { sumFunnels, waitingOf } from './funnel'

/** What the step says of itself while no run goes on, and what its button does. */
export interface RunWords {
  title: string
  text: string
  /** Name of the button that begins; null where everything is done. */
  start: 'Start' | 'Cut what failed again' | null
}

/** The words for a step without a run under way. @param onCluster whether tasks on a cluster cut the samples */
export function runWords(run: RunState, stage: StageState, onCluster = false): RunWords {
  const funnel = sumFunnels([run.funnel.train, run.funnel.test])
  const { samples, failed } = funnel
  const waiting = waitingOf(funnel)
  const cut = `${formatCount(samples)} samples are cut`
  switch (stage.state) {
    case 'empty':
      return {
        title: 'Nothing to cut from yet',
        text: 'Granules and an imagery source are needed; both are chosen in Sources.',
        start: null,
      }
    case 'stale':
      return {
        title: `${stage.staleBecause ?? 'Settings changed since'}.`,
        text: 'Samples cut before belong to the earlier settings. Start makes them anew.',
        start: 'Start',
      }
    case 'failed':
      return { title: 'The run stopped', text: `${cut}; what is finished stays.`, start: 'Start' }
    case 'done':
      return { title: `All ${cut}`.replace(' are', ''), text: doneText(run), start: null }
    case 'ready':
    case 'running':
      if (onCluster) {
        const text = `${cut}. Start here would cut the same batches once more.`
        return { title: 'The cluster cuts the samples', text, start: 'Start' }
      }
      if (samples === 0 && failed === 0)
        return { title: 'Ready', text: 'What a run needs is listed below.', start: 'Start' }
      if (waiting > 0)
        return {
          title: run.status === 'cancelled' ? 'Cancelled' : 'Not finished',
          text: `${cut}, ${formatCount(waiting)} footprints wait. Start goes on where the run stopped.`,
          start: 'Start',
        }
      return {
        title: `${formatCount(failed)} footprints failed`,
        text: `${cut}. What the others failed of is listed below; once that is mended, cut them again.`,
        start: 'Cut what failed again',
      }
  }
}

function doneText(run: RunState): string {
  const seconds = run.started === null || run.finished === null ? null : secondsTaken(run, run.finished)
  const took = seconds === null ? '' : `The run took ${formatSeconds(seconds)}. `
  return `${took}Look at them in Review, or put them together in Fuse.`
}
