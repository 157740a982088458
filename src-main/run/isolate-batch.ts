import { StudioError } from '../../src-shared/errors/studio-error'
import { counted } from '../../src-shared/wording/counted'
import { openFootprints } from '../../src-worker/jobs/take-up-batch'
import type { BatchRecord, JobInput, JobOutput } from '../../src-worker/jobs/schemas'
import type { Failed } from '../workers/worker-pool'
import { isolateFootprints } from './isolate-footprints'
import type { RunContext } from './run-context'

/** Batches of which nothing survives before the fault is taken for the machine's. */
const MAX_HOPELESS = 2

/** Shot numbers that a line of the log names. */
const NAMED = 10

/**
 * Saves what can be saved of batches that workers died of: the footprints are cut in parts, and those that kill workers
 * stay open in the batch's record, with the error (docs/decisions/019). One for each run.
 */
export class BatchIsolation {
  private hopeless = 0

  constructor(private readonly context: Pick<RunContext, 'emit'>) {}

  /**
   * @param footprints number of footprints of the batch
   * @param recordOf reads the batch's record as it is now
   * @throws StudioError `worker-died` where workers die of nothing at all, or nothing survives of a second batch
   */
  async isolate(
    input: JobInput<'batch'>,
    footprints: number,
    { error, attempt }: Pick<Failed<'batch'>, 'error' | 'attempt'>,
    recordOf: () => Promise<BatchRecord | null>,
  ): Promise<JobOutput<'batch'>> {
    const name = `${input.split} batch ${input.batch}`
    this.warn(`Workers died of ${name} three times (${reasonOf(error)}); it is cut in parts.`)
    // The record first: whatever happens from here on, it says what is open and why.
    let output = await attempt({ ...input, part: { from: 0, to: 0, error: setAside(error).toJSON() } })
    const survived = await isolateFootprints(footprints, async (from, to) => {
      try {
        output = await attempt({ ...input, part: { from, to, error: null } })
        return true
      } catch (thrown) {
        if (thrown instanceof StudioError && thrown.tag === 'worker-died') return false
        throw thrown
      }
    })
    if (survived === 0 && footprints > 1 && ++this.hopeless >= MAX_HOPELESS) throw error
    const record = await recordOf()
    if (record !== null && record.failures.length > 0) this.warn(`${name}: ${whatIsOpen(record)}`)
    return output
  }

  private warn(message: string): void {
    this.context.emit({ kind: 'log', level: 'warning', message })
  }
}

function reasonOf({ context }: StudioError): string {
  return String(context.reason)
}

/** The error of a footprint that is left out because workers die of it. */
function setAside(error: StudioError): StudioError {
  const reason = reasonOf(error)
  const what = reason === 'stalled' ? 'make no progress' : 'die'
  return new StudioError(
    'worker-died',
    `Worker processes ${what} when they cut this footprint (${reason}).`,
    {
      hint: 'Where memory ran out, give --workers a smaller number; otherwise check the imagery files. Running again tries it again.',
      context: { reason },
      cause: error,
    },
  )
}

function whatIsOpen(record: BatchRecord): string {
  const shots = record.failures.flatMap(({ footprints }) => footprints.map(({ shotNumber }) => shotNumber))
  const more = shots.length > NAMED ? ' …' : ''
  return `${counted(openFootprints(record).size, 'footprint')} set aside: shot ${shots.slice(0, NAMED).join(', ')}${more}`
}
