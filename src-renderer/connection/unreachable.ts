import { StudioError } from '../../src-shared/errors/studio-error'

/** There is no line to the studio, or it broke. */
export function unreachable(cause?: unknown): StudioError {
  return new StudioError('studio-unreachable', 'The program that does the work does not answer.', {
    hint: 'The window tries again by itself. Do it again when it is back.',
    ...(cause === undefined ? {} : { cause }),
  })
}
