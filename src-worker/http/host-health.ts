import { setTimeout as delay } from 'node:timers/promises'
import { cancelledError } from '../../src-shared/errors/studio-error'
import type { HttpFault } from './fault'
import { isBusy, type RequestKind, type RetryPolicy } from './retry-policy'

/** How a host does. Times in milliseconds of `performance.now`. */
interface Health {
  /** Nobody asks it before. */
  pausedUntil: number
  /** Requests in a row that failed for good, since when, and the last fault. */
  failures: number
  since: number
  fault: HttpFault | null
  /** When a single request may try whether a host that is down is back. */
  nextTrial: number
}

/**
 * How the hosts of a process do. When one asks to wait, all requests to it wait; when it has failed again and again, for
 * a while and without an answer in between, it is down: requests to it fail at once, but for one now and then that
 * tries whether it is back.
 */
export class HostHealth {
  private readonly hosts = new Map<string, Health>()

  constructor(private readonly policy: RetryPolicy) {}

  /**
   * Waits until a host may be asked.
   * @throws StudioError `cancelled` when aborted while waiting
   */
  async ready(origin: string, signal: AbortSignal): Promise<void> {
    const health = this.of(origin)
    for (;;) {
      const wait = health.pausedUntil - performance.now()
      if (wait <= 0) return
      try {
        await delay(wait, undefined, { signal })
      } catch {
        // Nothing but the signal ends it early.
        throw cancelledError()
      }
    }
  }

  /** The fault that a request is answered with instead of being sent, null where the host may be asked. */
  refusal(origin: string): HttpFault | null {
    const health = this.of(origin)
    const now = performance.now()
    if (health.fault === null || !this.policy.isDown(health.failures, now - health.since)) return null
    if (now < health.nextTrial) return health.fault
    health.nextTrial = now + this.policy.trialEvery
    return null
  }

  /** Whether a host counts as down: a request to it is not tried again. */
  isDown(origin: string): boolean {
    const health = this.of(origin)
    return this.policy.isDown(health.failures, performance.now() - health.since)
  }

  /** Notes that a host answered. */
  answered(origin: string): void {
    const health = this.of(origin)
    health.failures = 0
    health.fault = null
  }

  /**
   * Notes the status of an answer: where it is one of a busy host that asks to wait, nobody asks it before.
   * @param retryAfter what it asks to wait, milliseconds; null where it asks for nothing
   */
  noteStatus(origin: string, status: number, retryAfter: number | null): void {
    const pause = this.policy.pauseOf(status, retryAfter)
    const health = this.of(origin)
    health.pausedUntil = Math.max(health.pausedUntil, performance.now() + pause)
  }

  /** Notes a request that failed for good. */
  failed(origin: string, fault: HttpFault, kind: RequestKind): void {
    if (!this.policy.isOutage(fault, kind)) {
      // Such as 404: the host is there, though it did not give what was wanted.
      if (fault.kind === 'status' && !isBusy(fault.details.status)) this.answered(origin)
      return
    }
    const health = this.of(origin)
    if (health.failures === 0) health.since = performance.now()
    health.failures++
    health.fault = fault
    health.nextTrial = performance.now() + this.policy.trialEvery
  }

  private of(origin: string): Health {
    let health = this.hosts.get(origin)
    if (health === undefined) {
      health = { pausedUntil: 0, failures: 0, since: 0, fault: null, nextTrial: 0 }
      this.hosts.set(origin, health)
    }
    return health
  }
}
