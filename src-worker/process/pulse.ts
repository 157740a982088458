import { subscribe } from 'node:diagnostics_channel'

/** Signs of life are passed on at most this often, milliseconds. */
const INTERVAL_MS = 1000

let tell: () => void = () => undefined
let told = -Infinity

/**
 * Says that the work of this process goes on: a block was decoded, a query is being computed, a part of a file came. The
 * main process ends workers from which it hears nothing for long, so whatever takes minutes says this now and then.
 * Costs next to nothing, and passes a message on even where the event loop does not get its turn.
 */
export function beat(): void {
  const now = performance.now()
  if (now - told < INTERVAL_MS) return
  told = now
  tell()
}

/** Beats as long as something goes on that takes its time elsewhere, such as a query in the database's own threads. */
export async function beatingWhile<Result>(work: () => Promise<Result>): Promise<Result> {
  const timer = setInterval(beat, INTERVAL_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/** Passes signs of life on from now on; what the HTTP library does counts as one. */
export function onBeat(listener: () => void): void {
  tell = listener
  for (const event of ['create', 'headers', 'trailers', 'error']) subscribe(`undici:request:${event}`, beat)
}
