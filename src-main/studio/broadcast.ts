/** A value that several listeners follow, or events without a present value. */
export class Broadcast<T> {
  private readonly listeners = new Set<(value: T) => void>()

  /** Tells all who listen now. */
  send(value: T): void {
    for (const listener of [...this.listeners]) listener(value)
  }

  /** @returns ends the listening */
  listen(listener: (value: T) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /**
   * What is sent from now on, as a stream. Values that come while the reader is busy are merged: by default only
   * the newest is kept.
   * @param first what the stream begins with
   */
  async *stream(
    signal: AbortSignal | undefined,
    first: readonly T[] = [],
    merge: (waiting: T, next: T) => T = (_, next) => next,
  ): AsyncGenerator<T, void, void> {
    let waiting: { value: T } | null = null
    let wake = (): void => undefined
    const add = (value: T): void => {
      waiting = { value: waiting === null ? value : merge(waiting.value, value) }
      wake()
    }
    const end = this.listen(add)
    const onAbort = (): void => wake()
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      for (const value of first) add(value)
      while (signal?.aborted !== true) {
        const next = take()
        if (next !== null) yield next.value
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      end()
      signal?.removeEventListener('abort', onAbort)
    }

    function take(): { value: T } | null {
      const taken = waiting
      waiting = null
      return taken
    }
  }
}
