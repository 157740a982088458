import type { Funnel, RunState, SampleRef, WorkerLane } from '../../src-shared/api/run-state'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import type { Split } from '../../src-shared/footprint/footprint'
import type { RejectionReason } from '../../src-shared/footprint/rejection'
import type { RunEvent } from '../../src-shared/run/events'
import type { Step } from '../../src-shared/run/steps'
import { Rate } from './rates'

/** Errors of inputs that are sent to the window one by one; the others are only counted. */
const SKIPPED_SHOWN = 100
/** Samples in the strip of newest patches. */
const NEWEST = 24

/** Begins the run state of a project that was not run yet. */
export function idleRun(): RunState {
  const funnel = (): Funnel => ({ asked: 0, rejected: {}, failed: 0, samples: 0 })
  return {
    status: 'idle',
    until: null,
    started: null,
    finished: null,
    step: null,
    finishing: false,
    rate: null,
    samplesPerSecond: null,
    bytesPerSecond: null,
    etaSeconds: null,
    requests: 0,
    retries: 0,
    bytes: 0,
    workers: [],
    funnel: { train: funnel(), test: funnel() },
    newest: [],
    skipped: [],
    skippedTotal: 0,
    failures: [],
    error: null,
  }
}

/** Builds the run state out of the events of a run. */
export class RunProgress {
  private readonly stepRate = new Rate()
  private readonly sampleRate = new Rate()
  private readonly byteRate = new Rate()
  private cut = 0
  private bytes = 0
  private requests = 0
  private retries = 0
  private running: RunState['step'] = null
  private finishing = false
  private lanes: WorkerLane[] = []
  private readonly funnels: Record<Split, Funnel>
  private newest: SampleRef[] = []
  private skipped: SerializedError[] = []
  private skippedTotal = 0
  private failures: { error: SerializedError; footprints: number }[] = []

  constructor(
    private readonly until: Step,
    private readonly started: number,
  ) {
    this.funnels = idleRun().funnel
  }

  /** @param now milliseconds since 1970 */
  apply(event: RunEvent, now: number): void {
    switch (event.kind) {
      case 'step-started':
        this.running = { step: event.step, what: event.what, done: 0, total: 0, unit: '' }
        this.stepRate.note(0, now)
        return
      case 'progress':
        this.advance(event, now)
        return
      case 'step-done':
      case 'step-kept':
        if (this.running?.step === event.step) this.running = null
        return
      case 'worker':
        this.moveLane(event)
        return
      case 'planned':
        this.funnels[event.split].asked = event.asked
        if (event.noScene > 0) this.funnels[event.split].rejected['no-scene'] = event.noScene
        this.addFailures(event)
        return
      case 'batch':
        this.addBatch(event, now)
        return
      case 'skipped':
        this.skippedTotal++
        if (this.skipped.length < SKIPPED_SHOWN) this.skipped.push(event.error)
        return
      case 'finishing':
        this.finishing = true
        return
      case 'log':
        return
    }
  }

  /** The state as it is now. */
  state(status: RunState['status'], now: number): RunState {
    const rate = this.stepRate.perSecond(now)
    const { running } = this
    const left = running === null ? 0 : running.total - running.done
    return {
      status,
      until: this.until,
      started: this.started,
      finished: null,
      step: running,
      finishing: this.finishing,
      rate: running === null ? null : rate,
      samplesPerSecond: this.sampleRate.perSecond(now),
      bytesPerSecond: this.byteRate.perSecond(now),
      etaSeconds: running === null || rate === null || rate <= 0 || running.total === 0 ? null : left / rate,
      requests: this.requests,
      retries: this.retries,
      bytes: this.bytes,
      workers: [...this.lanes],
      funnel: structuredClone(this.funnels),
      newest: this.newest,
      skipped: this.skipped,
      skippedTotal: this.skippedTotal,
      failures: this.failures,
      error: null,
    }
  }

  private advance({ step, done, total, unit }: Extract<RunEvent, { kind: 'progress' }>, now: number): void {
    const what = this.running?.step === step ? this.running.what : ''
    this.running = { step, what, done, total, unit }
    this.stepRate.note(done, now)
    if (step === 'batch') this.sampleRate.note(this.cut, now)
  }

  private moveLane({ worker, what, done, total }: Extract<RunEvent, { kind: 'worker' }>): void {
    while (this.lanes.length <= worker)
      this.lanes.push({ worker: this.lanes.length, what: null, done: 0, total: 0, finished: 0 })
    const { finished, what: before } = this.lanes[worker]
    // Progress is told so seldom that the last footprint of a batch may go unnoticed; the next batch never does.
    const ended = before !== null && what !== before
    this.lanes[worker] = { worker, what, done, total, finished: finished + (ended ? 1 : 0) }
  }

  private addBatch(event: Extract<RunEvent, { kind: 'batch' }>, now: number): void {
    const funnel = this.funnels[event.split]
    funnel.samples += event.samples
    for (const [reason, count] of Object.entries(event.rejected) as [RejectionReason, number][])
      funnel.rejected[reason] = (funnel.rejected[reason] ?? 0) + count
    this.addFailures(event)
    const rows = Math.min(event.samples, NEWEST)
    const refs = Array.from({ length: rows }, (_, i) => ({
      split: event.split,
      batch: event.batch,
      row: event.samples - 1 - i,
    }))
    this.newest = [...refs, ...this.newest].slice(0, NEWEST)
    if (!event.fresh) return
    this.cut += event.samples
    this.bytes += event.bytesRead
    this.requests += event.requests
    this.retries += event.retries
    this.sampleRate.note(this.cut, now)
    this.byteRate.note(this.bytes, now)
  }

  private addFailures({
    split,
    failures,
  }: Pick<Extract<RunEvent, { kind: 'batch' | 'planned' }>, 'split' | 'failures'>): void {
    for (const failure of failures) {
      this.funnels[split].failed += failure.footprints
      this.addFailure(failure)
    }
  }

  private addFailure({ error, footprints }: { error: SerializedError; footprints: number }): void {
    const same = this.failures.find(
      (other) =>
        other.error.tag === error.tag &&
        other.error.file === error.file &&
        other.error.message === error.message,
    )
    if (same === undefined) this.failures = [...this.failures, { error, footprints }]
    else same.footprints += footprints
  }
}
