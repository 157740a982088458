import { cancelledError, throwIfCancelled } from '../../src-shared/errors/studio-error'

interface Host {
  free: number
  waiting: Set<() => void>
}

/**
 * Slots for requests to each host. Requests wait here rather than inside the HTTP library, where the time spent in a
 * queue would count as time that the server takes.
 */
export class HostSlots {
  private readonly hosts = new Map<string, Host>()

  constructor(private readonly perHost: number) {}

  /**
   * Does something when one of the host's slots is free, in the order asked for.
   * @throws StudioError `cancelled` when aborted while waiting, and what the task throws.
   */
  async run<T>(origin: string, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
    throwIfCancelled(signal)
    const host = this.host(origin)
    if (host.free > 0) host.free--
    else await waitFor(host, signal)
    try {
      return await task()
    } finally {
      const [next] = host.waiting
      // The slot passes on; it is not free in between.
      if (host.waiting.delete(next)) next()
      else host.free++
    }
  }

  private host(origin: string): Host {
    let host = this.hosts.get(origin)
    if (host === undefined) this.hosts.set(origin, (host = { free: this.perHost, waiting: new Set() }))
    return host
  }
}

function waitFor(host: Host, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = (): void => {
      signal.removeEventListener('abort', stop)
      resolve()
    }
    const stop = (): void => {
      host.waiting.delete(go)
      reject(cancelledError())
    }
    host.waiting.add(go)
    signal.addEventListener('abort', stop, { once: true })
  })
}
