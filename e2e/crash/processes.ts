import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** Processes whose environment holds some text, such as a mark that whoever they descend from was given; Linux only. */
export function processesWith(mark: string): number[] {
  const numbers = read(() => readdirSync('/proc').filter((name) => /^\d+$/.test(name)), [])
  return numbers
    .filter((number) => read(() => readFileSync(`/proc/${number}/environ`, 'latin1'), '').includes(mark))
    .map(Number)
}

/**
 * Resolves when no such process is left.
 * @throws Error naming them where some still are after `limitMs`
 */
export async function goneWith(mark: string, limitMs: number): Promise<void> {
  const until = performance.now() + limitMs
  for (let left = processesWith(mark); left.length > 0; left = processesWith(mark)) {
    if (performance.now() > until) throw new Error(`processes ${left.join(', ')} are still running`)
    await wait(20)
  }
}

/** A process that ends meanwhile is none. */
function read<T>(look: () => T, otherwise: T): T {
  try {
    return look()
  } catch {
    return otherwise
  }
}
