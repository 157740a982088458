import { useEffect, useState, useSyncExternalStore } from 'react'

/** Milliseconds between two looks at the clock where nothing else is drawn. */
const TICK_MS = 1000

/**
 * The present time, milliseconds since 1970, to the second, for as long as it is wanted. It is looked at whenever there
 * is news, and only without any by a clock of its own: what is drawn anyway need not be drawn for the time too.
 */
export function useNow(wanted: boolean, news: unknown): number {
  const [start] = useState(() => Date.now())
  const now = useSyncExternalStore(noSubscription, wholeSeconds)
  const [, setTick] = useState(0)
  useEffect(() => {
    if (!wanted) return undefined
    const timer = setInterval(() => setTick((tick) => tick + 1), TICK_MS)
    return () => clearInterval(timer)
  }, [wanted, news])
  return Math.max(start, now)
}

function noSubscription(): () => void {
  return () => undefined
}

function wholeSeconds(): number {
  return Math.floor(Date.now() / TICK_MS) * TICK_MS
}
