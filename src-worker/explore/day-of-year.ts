import { DAY_MS, startOfUtcDay } from '../../src-shared/footprint/time'

/** Day of the year (UTC), 1 to 366, of a time in milliseconds since 1970. */
export function dayOfYear(ms: number): number {
  return (startOfUtcDay(ms) - Date.UTC(new Date(ms).getUTCFullYear(), 0, 1)) / DAY_MS + 1
}
