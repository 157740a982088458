import { setMaxListeners } from 'node:events'
import { cancelledError, throwIfCancelled } from '../../src-shared/errors/studio-error'

interface Work<T> {
  result: Promise<T>
  waiting: number
  stop: AbortController
  done: boolean
}

/**
 * Work that several ask for at the same time and that is done once. It stops when all who wait for it have given up;
 * one who gives up does not take it from the others.
 */
export class SharedWork<T> {
  private readonly running = new Map<string, Work<T>>()

  /** Waits for work that runs under this key; undefined where there is none. */
  join(key: string, signal: AbortSignal): Promise<T> | undefined {
    const work = this.running.get(key)
    return work === undefined || work.stop.signal.aborted ? undefined : wait(work, signal)
  }

  /**
   * Begins work under one or more keys, and waits for it.
   * @param task gets a signal of its own, which tells that nobody waits any longer.
   * @throws StudioError `cancelled` when aborted, and what the task throws.
   */
  start(keys: readonly string[], signal: AbortSignal, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController()
    const work: Work<T> = { result: task(stop.signal), waiting: 0, stop, done: false }
    for (const key of keys) this.running.set(key, work)
    const forget = (): void => {
      work.done = true
      for (const key of keys) if (this.running.get(key) === work) this.running.delete(key)
    }
    work.result.then(forget, forget)
    return wait(work, signal)
  }

  /** Joins what runs under the key, or begins it. */
  once(key: string, signal: AbortSignal, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.join(key, signal) ?? this.start([key], signal, task)
  }
}

async function wait<T>(work: Work<T>, signal: AbortSignal): Promise<T> {
  // Hundreds of parts may wait for the same signal.
  setMaxListeners(0, signal)
  work.waiting++
  let giveUp: () => void = () => undefined
  try {
    throwIfCancelled(signal)
    const aborted = new Promise<never>((_, reject) => {
      giveUp = () => reject(cancelledError())
      signal.addEventListener('abort', giveUp, { once: true })
    })
    return await Promise.race([work.result, aborted])
  } finally {
    signal.removeEventListener('abort', giveUp)
    if (--work.waiting === 0 && !work.done) work.stop.abort()
  }
}
