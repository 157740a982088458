import { appendFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { RunState } from '../../src-shared/api/run-state'
import { StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import type { RunEvent } from '../../src-shared/run/events'
import type { Project } from '../../src-shared/run/project'
import type { Report } from '../../src-shared/run/report'
import type { Step } from '../../src-shared/run/steps'
import type { ProjectPaths } from '../project/project-paths'
import { describeEvent } from '../run/describe-event'
import { runProject } from '../run/run-project'
import { PauseGate } from '../workers/pause-gate'
import type { SpawnWorker } from '../workers/worker-port'
import { Broadcast } from './broadcast'
import { RunLog } from './run-log'
import { idleRun, RunProgress } from './run-progress'

/**
 * The state is sent to windows at most this often, milliseconds, from so many milliseconds of the run on: people look
 * closely when it begins, and windows that are drawn without graphics hardware take the processor from the workers.
 */
const INTERVALS = [
  { from: 10_000, interval: 2000 },
  { from: 3000, interval: 1000 },
  { from: 0, interval: 300 },
] as const

export interface RunStart {
  paths: ProjectPaths
  project: Project
  previous: Project | null
  until: Step
  restartFrom: Step | null
}

/** The run of the open project: one at a time; it knows nothing of windows, which come and go. */
export class RunControl {
  readonly changes = new Broadcast<RunState>()
  readonly log = new RunLog()
  state: RunState = idleRun()
  private current: { gate: PauseGate; stop: AbortController; ended: Promise<void> } | null = null
  private timer: NodeJS.Timeout | null = null

  /** @param ended told after every run, with its report where it came to its end */
  constructor(
    private readonly spawn: SpawnWorker,
    private readonly ended: (report: Report | null) => void,
  ) {}

  get isActive(): boolean {
    return this.current !== null
  }

  /** Begins a run and comes back at once. @throws StudioError `project-busy` where one goes on */
  start(request: RunStart): void {
    if (this.current !== null) {
      throw new StudioError('project-busy', 'A run goes on already.', {
        hint: 'Wait for it, or cancel it first.',
      })
    }
    const stop = new AbortController()
    const progress = new RunProgress(request.until, Date.now())
    const publish = (): void => this.publish(progress.state(this.statusOf(stop, gate), Date.now()))
    const gate = new PauseGate(publish)
    const ended = this.carryOut(request, progress, gate, stop, publish)
    this.current = { gate, stop, ended }
    publish()
  }

  private async carryOut(
    { paths, project, previous, until, restartFrom }: RunStart,
    progress: RunProgress,
    gate: PauseGate,
    stop: AbortController,
    publish: () => void,
  ): Promise<void> {
    const begin = performance.now()
    const emit = (event: RunEvent): void => {
      progress.apply(event, Date.now())
      this.logEvent(paths, event)
      const goneOn = performance.now() - begin
      const interval = INTERVALS.find(({ from }) => goneOn >= from)?.interval
      this.timer ??= setTimeout(() => {
        this.timer = null
        if (this.current !== null) publish()
      }, interval)
    }
    const workers = project.settings.workers ?? availableParallelism()
    // One turn of the event loop, so that start() has noted the run before the first event.
    await Promise.resolve()
    let report: Report | null = null
    let outcome: Partial<RunState>
    try {
      const request = { paths, project, previous, until, restartFrom, workers }
      report = await runProject(request, { spawn: this.spawn, emit, signal: stop.signal, gate })
      outcome = { status: 'done' }
    } catch (thrown) {
      const error = toStudioError(thrown)
      outcome =
        error.tag === 'cancelled' ? { status: 'cancelled' } : { status: 'failed', error: error.toJSON() }
      if (error.tag !== 'cancelled')
        this.note(paths, 'error', error.describe(), progress.state('failed', 0).step?.step ?? null, error)
      else this.note(paths, 'warning', error.message, null, null)
    }
    const last = progress.state('done', Date.now())
    this.current = null
    const workersAtRest = last.workers.map((lane) => ({ ...lane, what: null }))
    this.publish({ ...last, workers: workersAtRest, finished: Date.now(), etaSeconds: null, ...outcome })
    this.ended(report)
  }

  /** Finishes what is in flight and begins nothing new. */
  pause(): void {
    this.current?.gate.close()
  }

  resume(): void {
    this.current?.gate.reopen()
  }

  /** Stops the run and waits until it has stopped. */
  async cancel(): Promise<void> {
    const { current } = this
    if (current === null) return
    current.stop.abort()
    this.publish({ ...this.state, status: 'cancelling' })
    await current.ended
  }

  /** Shows the state of another project, as far as its files tell. @param state what is known of earlier runs */
  reset(state: RunState): void {
    this.log.clear()
    this.publish(state)
  }

  /** Shows what others than a run of this process have made, such as tasks on a cluster; a run under way knows better. */
  show(state: RunState): void {
    if (this.current === null) this.publish(state)
  }

  private statusOf(stop: AbortController, gate: PauseGate): RunState['status'] {
    if (stop.signal.aborted) return 'cancelling'
    if (gate.state === 'open') return 'running'
    return gate.state === 'closing' ? 'pausing' : 'paused'
  }

  private publish(state: RunState): void {
    this.state = state
    this.changes.send(state)
  }

  private logEvent(paths: ProjectPaths, event: RunEvent): void {
    const text = describeEvent(event)
    if (text === null) return
    const level = event.kind === 'skipped' ? 'warning' : event.kind === 'log' ? event.level : 'info'
    const step = 'step' in event ? event.step : null
    this.note(paths, level, text, step, event.kind === 'skipped' ? StudioError.fromJSON(event.error) : null)
  }

  private note(
    paths: ProjectPaths,
    level: 'info' | 'warning' | 'error',
    message: string,
    step: Step | null,
    error: StudioError | null,
  ): void {
    const { time } = this.log.add({ level, message, step, error: error?.toJSON() ?? null })
    try {
      appendFileSync(paths.log, `${new Date(time).toISOString()} ${message}\n`)
    } catch {
      // The log is a convenience; a disk that is full shows elsewhere, with what to do.
    }
  }
}
