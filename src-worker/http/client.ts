import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { cancelledError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import type { AssetOrigin } from '../raster/byte-source'
import { HttpFault } from './fault'
import type { HostHealth } from './host-health'
import { faultError } from './http-error'
import type { NetworkCounters } from './network-counters'
import type { RequestKind, RetryPolicy } from './retry-policy'
import { retryAfter, type Answer, type Ask, type Transport } from './transport'

/** A request that is tried again as the policy says. */
export interface Errand extends Ask {
  kind: RequestKind
  /** Scene or tile that a file belongs to, null for documents. */
  origin: AssetOrigin | null
  /** Whether a refusal (403) may come from a token that can be renewed; called once per refusal. */
  renew?: () => boolean
}

/**
 * Asks servers until there is an answer, or until there is no use in asking again: because the fault is final, or
 * because the host has failed so often that it counts as down.
 */
export class HttpClient {
  constructor(
    private readonly transport: Transport,
    private readonly policy: RetryPolicy,
    private readonly counters: NetworkCounters,
    private readonly health: HostHealth,
  ) {}

  /**
   * @param read Makes a result of an answer, whatever its status; an HttpFault that it throws counts as one of the
   *   request.
   * @throws StudioError `source-unreachable`, `source-insecure`, `source-busy`, `source-denied`, `source-answer`,
   *   `asset-missing`, `cancelled`; `signing-failed` where the address has to be signed
   */
  async ask<T>(errand: Errand, signal: AbortSignal, read: (answer: Answer) => T | Promise<T>): Promise<T> {
    // Hundreds of requests may wait for the same signal.
    setMaxListeners(0, signal)
    const { origin } = errand.url
    const refusal = this.health.refusal(origin)
    if (refusal !== null) throw faultError(refusal, errand, 0)
    let waited = 0
    for (let tries = 1; ; tries++) {
      throwIfCancelled(signal)
      try {
        const result = await read(await this.transport.exchange(errand, signal))
        this.health.answered(origin)
        return result
      } catch (thrown) {
        if (!(thrown instanceof HttpFault)) throw thrown
        const wait = this.waitAfter(thrown, errand, tries, waited)
        if (wait === null) {
          this.health.failed(origin, thrown, errand.kind)
          throw faultError(thrown, errand, tries)
        }
        await pause(wait, signal)
        waited += wait
        this.counters.retries++
      }
    }
  }

  private waitAfter(fault: HttpFault, errand: Errand, tries: number, waited: number): number | null {
    if (fault.kind === 'status' && fault.details.status === 403 && errand.renew?.() === true) return 0
    if (this.health.isDown(errand.url.origin)) return null
    return this.policy.wait(fault, errand.kind, tries, waited)
  }
}

/** The fault of an answer whose status is no success. */
export function statusFault(answer: Answer): HttpFault {
  const { status } = answer
  return new HttpFault('status', `The server answers with status ${status}`, {
    status,
    retryAfter: retryAfter(answer),
  })
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds === 0) return
  try {
    await delay(milliseconds, undefined, { signal })
  } catch {
    // Nothing but the signal ends it early.
    throw cancelledError()
  }
}
