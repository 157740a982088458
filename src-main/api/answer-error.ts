import { ORPCError } from '@orpc/server'
import { toStudioError } from '../../src-shared/errors/studio-error'

/** What was thrown, as the contract's one kind of error; whatever was not meant to be thrown becomes `internal`. */
export function answerError(thrown: unknown): Error {
  if (thrown instanceof ORPCError) return thrown
  const error = toStudioError(thrown)
  return new ORPCError('STUDIO', { message: error.message, data: error.toJSON(), defined: true })
}
