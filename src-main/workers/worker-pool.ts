import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { JobInput, JobName, JobOutput } from '../../src-worker/jobs/schemas'
import { PauseGate } from './pause-gate'
import { PooledWorker, type JobListener } from './pooled-worker'
import { splitEvenly, takeNext } from './shares'
import type { SpawnWorker } from './worker-port'

/** A job whose worker dies is tried again this many times. */
const RETRIES = 2

/** One of many jobs, done. */
export interface Finished<Name extends JobName> {
  index: number
  output: JobOutput<Name>
}

/** One of many jobs that failed for good. */
export interface Failed<Name extends JobName> {
  index: number
  error: StudioError
  /** Gives the same worker another piece of work in its place, once. @throws StudioError as `run`, without other tries */
  attempt: (input: JobInput<Name>) => Promise<JobOutput<Name>>
}

export interface PoolOptions {
  /** Holds jobs back while the run is paused. */
  gate?: PauseGate | undefined
  /** Seconds without a sign of life after which a worker is ended and replaced; any number where left out. */
  stallSeconds?: number | undefined
}

/** A fixed number of worker processes that jobs are given to. */
export class WorkerPool {
  private readonly workers: PooledWorker[]
  private readonly aside: PooledWorker
  /** Jobs aside that run or wait. */
  private jobsAside = 0

  private readonly gate: PauseGate

  constructor(spawn: SpawnWorker, size: number, options: PoolOptions = {}) {
    const stallMs = options.stallSeconds === undefined ? null : options.stallSeconds * 1000
    this.gate = options.gate ?? new PauseGate()
    this.workers = Array.from({ length: size }, () => new PooledWorker(spawn, stallMs))
    this.aside = new PooledWorker(spawn, stallMs)
  }

  get size(): number {
    return this.workers.length
  }

  /** Process ids of the running workers. */
  get pids(): number[] {
    return this.workers.flatMap(({ pid }) => (pid === null ? [] : [pid]))
  }

  /**
   * Does one job on the first worker.
   * @throws StudioError the job's, `worker-died` after two more tries, `cancelled`
   */
  run<Name extends JobName>(
    name: Name,
    input: JobInput<Name>,
    listener: JobListener,
  ): Promise<JobOutput<Name>> {
    return this.gate.pass(listener.signal, () => tryAgain(() => this.workers[0].run(name, input, listener)))
  }

  /**
   * As run, beside the others in a process of its own: for what nobody waits for, such as figures. The process ends
   * after the last such job, so that it does not hold memory for hours of planning and cutting.
   */
  async runAside<Name extends JobName>(
    name: Name,
    input: JobInput<Name>,
    listener: JobListener,
  ): Promise<JobOutput<Name>> {
    this.jobsAside++
    try {
      return await tryAgain(() => this.aside.run(name, input, listener))
    } finally {
      this.jobsAside--
      if (this.jobsAside === 0) this.aside.kill()
    }
  }

  /**
   * Does many jobs, each worker a run of consecutive ones, so that what one job leaves in a worker's cache serves
   * the next; a worker that is done helps the one with most left. Results come in the order they are finished.
   * @param failed told of a job that failed for good, `worker-died` after two more tries; may give its worker other work
   * for it; where it throws, the others are cancelled
   * @throws StudioError what `failed` throws; `cancelled`
   */
  async runAll<Name extends JobName>(
    name: Name,
    inputs: readonly JobInput<Name>[],
    finished: (result: Finished<Name>) => void | Promise<void>,
    failed: (failure: Failed<Name>) => void | Promise<void>,
    listenerOf: (index: number, worker: number) => JobListener,
  ): Promise<void> {
    const shares = splitEvenly(inputs.length, this.workers.length)
    const stop = new AbortController()
    const lane = async (worker: number): Promise<void> => {
      for (let i = takeNext(shares, worker); i !== null; i = takeNext(shares, worker)) {
        const index = i
        const listener = listenerOf(index, worker)
        throwIfCancelled(listener.signal)
        if (stop.signal.aborted) return
        const signal = AbortSignal.any([listener.signal, stop.signal])
        const once = (input: JobInput<Name>): Promise<JobOutput<Name>> =>
          this.workers[worker].run(name, input, { ...listener, signal })
        try {
          await this.gate.pass(signal, async () => {
            const output = await tryAgain(() => once(inputs[index]))
            await finished({ index, output })
          })
        } catch (thrown) {
          if (!(thrown instanceof StudioError) || thrown.tag === 'cancelled') throw thrown
          const attempt = (input: JobInput<Name>): Promise<JobOutput<Name>> =>
            this.gate.pass(signal, () => once(input))
          await failed({ index, error: thrown, attempt })
        }
      }
    }
    const lanes = this.workers.map((_, worker) =>
      lane(worker).catch((error: unknown) => {
        stop.abort()
        throw error
      }),
    )
    const results = await Promise.allSettled(lanes)
    const errors = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    )
    const cause = errors.find((error) => !(error instanceof StudioError && error.tag === 'cancelled'))
    if (errors.length > 0) throw cause ?? errors[0]
  }

  /** Ends all workers. */
  close(): void {
    for (const worker of [...this.workers, this.aside]) worker.close()
  }
}

async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (thrown) {
      if (!(thrown instanceof StudioError) || thrown.tag !== 'worker-died' || tries >= RETRIES) throw thrown
    }
  }
}
