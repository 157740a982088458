/** What was asked of servers, summed over a piece of work. */
export interface NetworkCounters {
  /** Requests sent, of any kind: ranges, documents, tokens, redirects, and those that were tried again. */
  requests: number
  /** Of these, the ones that repeated another that had failed. */
  retries: number
  /** Bytes of bodies that came. */
  bytesReceived: number
  /** Parts of files that came from the disk cache instead. */
  cacheHits: number
}

/** Counters at zero. */
export function zeroNetworkCounters(): NetworkCounters {
  return { requests: 0, retries: 0, bytesReceived: 0, cacheHits: 0 }
}
