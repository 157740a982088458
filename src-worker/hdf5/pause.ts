import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled } from '../../src-shared/errors/studio-error'

/**
 * Lets messages and timers of the process have their turn between two pieces of long work.
 * @throws StudioError `cancelled` when the work was cancelled meanwhile
 */
export async function pause(signal: AbortSignal): Promise<void> {
  await setImmediate()
  throwIfCancelled(signal)
}
