/** Jobs `next` to `end` (exclusive) that one worker does in their order. */
export interface Share {
  next: number
  end: number
}

/** Consecutive shares of `count` jobs, as even as can be. */
export function splitEvenly(count: number, workers: number): Share[] {
  return Array.from({ length: workers }, (_, k) => ({
    next: Math.floor((count * k) / workers),
    end: Math.floor((count * (k + 1)) / workers),
  }))
}

/**
 * The next job of a worker: the next of its own share, or, when that is done, the last of the largest rest. Null
 * when nothing is left.
 */
export function takeNext(shares: Share[], worker: number): number | null {
  const own = shares[worker]
  if (own.next < own.end) return own.next++
  const largest = shares.reduce((best, share) =>
    share.end - share.next > best.end - best.next ? share : best,
  )
  return largest.next < largest.end ? --largest.end : null
}
