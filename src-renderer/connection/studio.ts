import { ORPCError } from '@orpc/client'
import { serializedErrorSchema, StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import { connect, type StudioClient } from './client'
import { unreachable } from './unreachable'

/** Milliseconds until a broken line is tried again. */
const RETRY_MS = 1000

let current: Promise<StudioClient> | null = null
const watchers = new Set<(connected: boolean) => void>()

/** The studio's procedures, over a line that is made anew when it breaks. */
export function studio(): Promise<StudioClient> {
  current ??= connect().then(
    ({ client, closed }) => {
      tell(true)
      void closed.then(() => {
        current = null
        tell(false)
      })
      return client
    },
    (error: unknown) => {
      current = null
      tell(false)
      throw error
    },
  )
  return current
}

/** Listens to whether there is a line. @returns ends the listening */
export function onConnection(listener: (connected: boolean) => void): () => void {
  watchers.add(listener)
  return () => watchers.delete(listener)
}

function tell(connected: boolean): void {
  for (const watcher of watchers) watcher(connected)
}

/**
 * Follows a stream for as long as the signal is not aborted; it is begun again when the line broke.
 * @param ended told when the stream came to its own end
 * @param failed told of an error of the stream itself, which then is not begun again
 */
export async function follow<T>(
  begin: (client: StudioClient, signal: AbortSignal) => Promise<AsyncIterable<T>>,
  each: (value: T) => void,
  signal: AbortSignal,
  { ended, failed }: { ended?: () => void; failed?: (error: StudioError) => void } = {},
): Promise<void> {
  while (!signal.aborted) {
    try {
      const client = await studio()
      for await (const value of await begin(client, signal)) {
        if (aborted(signal)) return
        each(value)
      }
      ended?.()
      return
    } catch (thrown) {
      if (aborted(signal)) return
      if (isAnswer(thrown)) {
        failed?.(errorOf(thrown))
        return
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}

/** A signal may be aborted between two looks at it. */
function aborted(signal: AbortSignal): boolean {
  return signal.aborted
}

/** Whether the studio answered with an error, rather than the line being broken. */
function isAnswer(thrown: unknown): boolean {
  return thrown instanceof ORPCError
}

/** The studio's own error from whatever a call threw. */
export function errorOf(thrown: unknown): StudioError {
  if (thrown instanceof ORPCError) {
    const parsed = serializedErrorSchema.safeParse(thrown.data)
    if (parsed.success) return StudioError.fromJSON(parsed.data)
  }
  // What oRPC rejects calls with whose line is closed under them.
  if (thrown instanceof Error && thrown.name === 'AbortError') return unreachable(thrown)
  return toStudioError(thrown)
}
