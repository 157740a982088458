import { describe, expect, it } from 'vitest'
import { HttpFault, type FaultKind } from './fault'
import { parseRetryAfter, RetryPolicy, type RequestKind } from './retry-policy'

/** All waits of a request that always fails in the same way, milliseconds. */
function waits(policy: RetryPolicy, fault: HttpFault, kind: RequestKind = 'range'): number[] {
  const all: number[] = []
  let waited = 0
  for (let tries = 1; ; tries++) {
    const wait = policy.wait(fault, kind, tries, waited)
    if (wait === null) return all
    waited += wait
    all.push(wait)
  }
}

const status = (code: number, retryAfter: number | null = null): HttpFault =>
  new HttpFault('status', '', { status: code, retryAfter })

describe('the retry policy', () => {
  const longest = new RetryPolicy({}, () => 1)

  it('waits longer each time, with a random part, and a minute or so in all', () => {
    expect(waits(longest, status(503))).toEqual([300, 750, 1875, 4687.5, 11718.75, 20000])
    expect(waits(new RetryPolicy({}, () => 0), status(503))[0]).toBe(150)
  })

  it.each([408, 429, 500, 502, 503, 504, 599])('tries again after status %i', (code) => {
    expect(waits(longest, status(code))).toHaveLength(6)
  })

  it.each([400, 401, 403, 404, 405, 410, 416, 501])('does not after status %i', (code) => {
    expect(waits(longest, status(code))).toEqual([])
  })

  it.each([
    ['broken', 6],
    ['timeout', 6],
    ['short', 6],
    ['refused', 3],
    ['unresolved', 3],
    ['proxy', 3],
    ['tls', 1],
    ['insecure', 0],
    ['answer', 0],
    ['changed', 0],
  ] satisfies [FaultKind, number][])('tries again after "%s" %i times', (kind, times) => {
    expect(waits(longest, new HttpFault(kind, ''))).toHaveLength(times)
  })

  it('leaves it to the caller to ask for less where a gateway gives up on a search', () => {
    expect(waits(longest, status(502), 'json')).toHaveLength(2)
    expect(waits(longest, status(503), 'json')).toHaveLength(6)
  })

  it('obeys Retry-After within bounds, and within all waits together', () => {
    expect(waits(longest, status(429, 5000))[0]).toBe(5000 + 75)
    expect(waits(longest, status(429, 3_600_000))).toEqual([60_000 + 75])
    expect(waits(longest, status(429, 0))[0]).toBe(300)
  })

  it('reads Retry-After as seconds and as a date', () => {
    const now = Date.parse('2024-05-01T00:00:00Z')
    expect(parseRetryAfter('3', now)).toBe(3000)
    expect(parseRetryAfter('Wed, 01 May 2024 00:00:07 GMT', now)).toBe(7000)
    expect(parseRetryAfter('Wed, 01 May 2023 00:00:07 GMT', now)).toBe(0)
    expect(parseRetryAfter('soon', now)).toBeNull()
    expect(parseRetryAfter(undefined, now)).toBeNull()
  })
})
