import { StudioError } from '../../src-shared/errors/studio-error'
import { systemCode } from './open-fault'

/** libhdf5's words for ENOSPC and EDQUOT; its error stack has the text and Emscripten's own number. */
const FULL = /No space left on device|errno = 51\b|Quota exceeded|errno = 19\b/

/**
 * The error for a file that could not be written.
 * @param cause a system error, or the complaint of libhdf5
 */
export function writeFault(path: string, what: string, cause: unknown): StudioError {
  const code = systemCode(cause)
  const full =
    code === 'ENOSPC' ||
    code === 'EDQUOT' ||
    FULL.test(cause instanceof Error ? cause.message : String(cause))
  if (full) {
    return new StudioError('disk-full', 'The disk is full; the file was not completed.', {
      file: path,
      hint: 'Free some space or choose another output folder, then run again.',
      cause,
    })
  }
  return new StudioError('hdf5-write', `${what}${code === '' ? '' : ` (${code})`}.`, {
    file: path,
    hint: 'Check that the folder exists and can be written, and that the disk is sound; then run again.',
    cause,
  })
}
