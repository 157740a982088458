import { cancelledError, StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import { JOBS, type JobInput, type JobName, type JobOutput } from '../../src-worker/jobs/schemas'
import type { LogLevel } from '../../src-worker/process/context'
import { fromWorkerSchema, type FromWorker, type ToWorker } from '../../src-worker/process/protocol'
import { StallWatch } from './stall-watch'
import type { SpawnWorker, WorkerPort } from './worker-port'

/** What whoever gives out a job wants to hear while it runs. */
export interface JobListener {
  signal: AbortSignal
  progress?: (done: number, total: number) => void
  log?: (level: LogLevel, message: string) => void
  skipped?: (error: StudioError) => void
}

/** A cancelled job that has not answered after this many milliseconds is ended with its process. */
const CANCEL_GRACE_MS = 1200

/** A process that waits for a disk which never answers cannot even be ended; it is waited for so many milliseconds. */
const END_GRACE_MS = 400

type JobMessage = Exclude<FromWorker, { kind: 'ready' | 'alive' }>

interface Running {
  id: number
  listener: JobListener
  resolve: (output: unknown) => void
  reject: (error: StudioError) => void
}

/** One worker process and the job it is doing. Starts on its first job, and again after it died. */
export class PooledWorker {
  private port: WorkerPort | null = null
  /** Why the process is being ended by this one, null where it is not. */
  private endedFor: StudioError | null = null
  private running: Running | null = null
  private nextId = 0
  private closed = false
  private last: Promise<void> = Promise.resolve()
  private readonly watch: StallWatch

  /** @param stallMs a process from which nothing is heard for so many milliseconds of a job is ended; null: never */
  constructor(
    private readonly spawn: SpawnWorker,
    stallMs: number | null = null,
  ) {
    this.watch = new StallWatch(stallMs, () => this.end(stalledError((stallMs ?? 0) / 1000)))
  }

  /** Process id, null where the process is not running. */
  get pid(): number | null {
    return this.port?.pid ?? null
  }

  /**
   * Does one job, after those it was given before.
   * @throws StudioError the job's own; `worker-died` when the process ended; `cancelled`
   */
  async run<Name extends JobName>(
    name: Name,
    input: JobInput<Name>,
    listener: JobListener,
  ): Promise<JobOutput<Name>> {
    const before = this.last
    let release = (): void => undefined
    this.last = new Promise((resolve) => (release = resolve))
    try {
      await before
      return await this.perform(name, input, listener)
    } finally {
      release()
    }
  }

  private async perform<Name extends JobName>(
    name: Name,
    input: JobInput<Name>,
    listener: JobListener,
  ): Promise<JobOutput<Name>> {
    if (listener.signal.aborted || this.closed) throw cancelledError()
    const port = (this.port ??= this.start())
    const id = this.nextId++
    const cancel = (): void => this.cancel(id)
    listener.signal.addEventListener('abort', cancel, { once: true })
    try {
      const output = await new Promise<unknown>((resolve, reject) => {
        this.running = { id, listener, resolve, reject }
        const message: ToWorker = { kind: 'run', id, job: name, input }
        port.send(message)
        this.watch.begin()
      })
      return JOBS[name].output.parse(output) as JobOutput<Name>
    } finally {
      this.running = null
      this.watch.end()
      listener.signal.removeEventListener('abort', cancel)
    }
  }

  /** Starts the process before its first job. */
  warm(): void {
    if (!this.closed) this.port ??= this.start()
  }

  /** Ends the process at once; a job in it fails with `worker-died`, and the next one starts a new process. */
  kill(): void {
    this.port?.kill()
  }

  /** Ends the process for good; jobs in it, waiting for it or given to it later are `cancelled`. */
  close(): void {
    this.closed = true
    this.kill()
  }

  private start(): WorkerPort {
    const port = this.spawn()
    port.onMessage((data) => {
      if (this.port === port) this.receive(data)
    })
    port.onExit((reason) => {
      if (this.port === port) this.gone(diedError(reason))
    })
    return port
  }

  /** Ends the process, whose job fails with the error once it has ended. */
  private end(error: StudioError): void {
    const { port } = this
    if (port === null) return
    this.endedFor = error
    port.kill()
    setTimeout(() => {
      if (this.port === port) this.gone(error)
    }, END_GRACE_MS).unref()
  }

  /** The process has ended, or does not even do that. */
  private gone(error: StudioError): void {
    const reason = this.endedFor ?? error
    this.port = null
    this.endedFor = null
    this.running?.reject(this.running.listener.signal.aborted || this.closed ? cancelledError() : reason)
  }

  private receive(data: unknown): void {
    const message = fromWorkerSchema.parse(data)
    this.watch.heard()
    if (message.kind === 'ready' || message.kind === 'alive' || message.id !== this.running?.id) return
    this.answer(this.running, message)
  }

  private answer({ listener, resolve, reject }: Running, message: JobMessage): void {
    switch (message.kind) {
      case 'progress':
        listener.progress?.(message.done, message.total)
        return
      case 'log':
        listener.log?.(message.level, message.message)
        return
      case 'skipped':
        listener.skipped?.(StudioError.fromJSON(message.error))
        return
      case 'done':
        resolve(message.output)
        return
      case 'failed':
        reject(toStudioError(StudioError.fromJSON(message.error)))
    }
  }

  private cancel(id: number): void {
    this.port?.send({ kind: 'cancel', id } satisfies ToWorker)
    setTimeout(() => {
      if (this.running?.id === id) this.end(cancelledError())
    }, CANCEL_GRACE_MS).unref()
  }
}

function diedError(reason: string): StudioError {
  return new StudioError('worker-died', `A worker process ended in the middle of its work (${reason}).`, {
    hint: 'If this happens again, give --workers a smaller number or --memory a smaller one.',
    context: { reason },
  })
}

function stalledError(seconds: number): StudioError {
  const message = `A worker process made no progress for ${seconds} s and was ended.`
  return new StudioError('worker-died', message, {
    hint: 'Where the disk or the network is only slow, give --stall-timeout a larger number.',
    context: { reason: 'stalled' },
  })
}
