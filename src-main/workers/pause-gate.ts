import { cancelledError } from '../../src-shared/errors/studio-error'

/**
 * Holds back jobs that are about to begin while a run is paused; those in flight go on to their end. The run is at rest
 * when the gate is closed and nothing is in flight.
 */
export class PauseGate {
  private open = true
  private inFlight = 0
  private waiting: (() => void)[] = []

  /** @param changed told whenever `state` may have changed */
  constructor(private readonly changed: () => void = () => undefined) {}

  get state(): 'open' | 'closing' | 'closed' {
    if (this.open) return 'open'
    return this.inFlight > 0 ? 'closing' : 'closed'
  }

  close(): void {
    this.open = false
    this.changed()
  }

  reopen(): void {
    this.open = true
    const waiting = this.waiting
    this.waiting = []
    for (const go of waiting) go()
    this.changed()
  }

  /**
   * Does some work, once the gate is open.
   * @throws StudioError `cancelled` where the signal is aborted while it waits; what the work throws
   */
  async pass<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    while (!this.open) await this.wait(signal)
    this.inFlight++
    try {
      return await work()
    } finally {
      this.inFlight--
      this.changed()
    }
  }

  private wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = (): void => reject(cancelledError())
      if (signal.aborted) stop()
      signal.addEventListener('abort', stop, { once: true })
      this.waiting.push(() => {
        signal.removeEventListener('abort', stop)
        resolve()
      })
    })
  }
}
