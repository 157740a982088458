import type { HttpFault } from './fault'

/** How often and how long requests are tried again. Times in milliseconds. */
export interface RetryLimits {
  /** Tries in all, the first one included. */
  tries: number
  /** Tries where another one seldom helps: an unknown host, a refused connection. */
  fewTries: number
  /** Waiting time before the second try; each further one is 2.5 times as long, less a random part. */
  firstWait: number
  longestWait: number
  /** The longest that a server's Retry-After is obeyed. */
  longestRetryAfter: number
  /** All waits of one request together. */
  totalWait: number
  /** Requests in a row that fail for good, and for how long, until a host counts as down. */
  failuresUntilDown: number
  timeUntilDown: number
  /** How often a host that is down is tried. */
  trialEvery: number
}

export const RETRY_LIMITS: RetryLimits = {
  tries: 7,
  fewTries: 4,
  firstWait: 300,
  longestWait: 20_000,
  longestRetryAfter: 60_000,
  totalWait: 75_000,
  failuresUntilDown: 8,
  timeUntilDown: 60_000,
  trialEvery: 30_000,
}

/** What a document is asked for by: a gateway that gives up on a search will do so again. */
export type RequestKind = 'json' | 'range' | 'token'

const GROWTH = 2.5
const BUSY_STATUS = new Set([408, 425, 429])
const GATEWAY_STATUS = new Set([502, 504])
/** 5xx that say the server will never do it. */
const NEVER_STATUS = new Set([501, 505])

/** The one place that knows which faults are tried again, how often, and after which wait. */
export class RetryPolicy {
  private readonly limits: RetryLimits

  constructor(
    limits: Partial<RetryLimits> = {},
    private readonly random: () => number = Math.random,
  ) {
    this.limits = { ...RETRY_LIMITS, ...limits }
  }

  /**
   * The wait before the next try in milliseconds, null where there is none.
   * @param tries Tries so far.
   * @param waited Waits so far, milliseconds.
   */
  wait(fault: HttpFault, kind: RequestKind, tries: number, waited: number): number | null {
    if (tries >= this.triesFor(fault, kind)) return null
    const { firstWait, longestWait, longestRetryAfter, totalWait } = this.limits
    const full = Math.min(firstWait * GROWTH ** (tries - 1), longestWait)
    const wait = full * (0.5 + 0.5 * this.random())
    const asked = Math.min(fault.details.retryAfter ?? 0, longestRetryAfter)
    // What the server asks for, and a little of our own so that not all come back at the same moment.
    const chosen = asked > wait ? asked + wait * 0.25 : wait
    return waited + chosen > totalWait ? null : chosen
  }

  /** How often a host that is down is tried, milliseconds. */
  get trialEvery(): number {
    return this.limits.trialEvery
  }

  /** Whether a host counts as down after failures in a row over a time in milliseconds. */
  isDown(failures: number, time: number): boolean {
    return failures >= this.limits.failuresUntilDown && time >= this.limits.timeUntilDown
  }

  /** How long all requests to a host wait after an answer, milliseconds: as long as it asks to, within limits. */
  pauseOf(status: number, retryAfter: number | null): number {
    return isBusy(status) ? Math.min(retryAfter ?? 0, this.limits.longestRetryAfter) : 0
  }

  /** Whether a fault says that the host is away or overwhelmed, and not that the request was too much for it. */
  isOutage(fault: HttpFault, request: RequestKind): boolean {
    if (fault.kind === 'status') {
      const { status } = fault.details
      return isBusy(status) && !(request === 'json' && GATEWAY_STATUS.has(status ?? 0))
    }
    return !['insecure', 'answer', 'changed'].includes(fault.kind)
  }

  private triesFor({ kind, details }: HttpFault, request: RequestKind): number {
    const { tries, fewTries } = this.limits
    switch (kind) {
      case 'broken':
      case 'timeout':
      case 'short':
        return tries
      case 'unresolved':
      case 'refused':
      case 'proxy':
        return Math.min(tries, fewTries)
      case 'status':
        if (!isBusy(details.status)) return 1
        return request === 'json' && GATEWAY_STATUS.has(details.status ?? 0) ? Math.min(tries, 3) : tries
      case 'tls':
        return Math.min(tries, 2)
      case 'insecure':
      case 'answer':
      case 'changed':
        return 1
    }
  }
}

/** Whether a status says that the server cannot now, but may later. */
export function isBusy(status: number | undefined): boolean {
  if (status === undefined || NEVER_STATUS.has(status)) return false
  return BUSY_STATUS.has(status) || (status >= 500 && status <= 599)
}

/** A Retry-After header in milliseconds from now: seconds, or a date. Null where it is neither. */
export function parseRetryAfter(value: string | undefined, now: number): number | null {
  if (value === undefined) return null
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
