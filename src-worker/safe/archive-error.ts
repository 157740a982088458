import { StudioError } from '../../src-shared/errors/studio-error'

/** The error for a SAFE folder or archive that is damaged, incomplete or not safe to unpack. */
export function invalidArchive(
  file: string,
  message: string,
  hint = 'Download the product again.',
  cause?: unknown,
): StudioError {
  return new StudioError('archive-invalid', message, {
    file,
    hint,
    ...(cause === undefined ? {} : { cause }),
  })
}
