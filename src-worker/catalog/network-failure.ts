import { StudioError, type StudioErrorOptions } from '../../src-shared/errors/studio-error'
import type { ErrorTag } from '../../src-shared/errors/tags'

/** Errors that are the network's or the server's and will pass: what they hit is not to be left out for them. */
const PASSING: ReadonlySet<ErrorTag> = new Set<ErrorTag>([
  'source-unreachable',
  'source-insecure',
  'source-busy',
  'signing-failed',
])

/** Whether something was not read for a reason that lies in the network and not in the thing itself; or not yet. */
export function isNetworkFailure(thrown: unknown): boolean {
  return thrown instanceof StudioError && (PASSING.has(thrown.tag) || thrown.tag === 'cancelled')
}

/** The same error with some of its options replaced. */
export function withOptions(error: StudioError, changes: Partial<StudioErrorOptions>): StudioError {
  const { tag, message, hint, file, context, cause } = error
  return new StudioError(tag, message, {
    hint,
    context,
    ...(file === undefined ? {} : { file }),
    ...(cause === undefined ? {} : { cause }),
    ...changes,
  })
}
