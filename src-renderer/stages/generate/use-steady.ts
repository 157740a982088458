import { useEffect, useRef, useState } from 'react'

/**
 * A value that changes no faster than people can look: each one stays for some time, and of those that come meanwhile
 * the newest follows.
 * @param ms milliseconds that a value stays at least
 */
export function useSteady<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value)
  const since = useRef(0)
  useEffect(() => {
    const timer = setTimeout(
      () => {
        since.current = Date.now()
        setShown(value)
      },
      Math.max(0, since.current + ms - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [value, ms])
  return shown
}
