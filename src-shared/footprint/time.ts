/** Milliseconds of a day. */
export const DAY_MS = 86_400_000

/** `2020-06-07T04:11:09Z` from milliseconds since 1970; fractions of a second are cut off. */
export function isoSeconds(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19) + 'Z'
}

/** 00:00 UTC of the day that holds the time, both in milliseconds since 1970. */
export function startOfUtcDay(ms: number): number {
  return Math.floor(ms / DAY_MS) * DAY_MS
}
