import { StudioError } from '../../src-shared/errors/studio-error'

/** What to do about data that cannot be read. */
export const HINT = {
  missing: 'Check that it is the right kind of file and complete.',
  damaged: 'Copy, download or make the file again.',
  lzf: 'Write it anew with gzip: h5repack -f GZIP=1 where the LZF plugin is installed, or with h5py.',
  report: 'This is a fault of the program; please report it with the log.',
} as const

/** The error for an object of a file that cannot be read. */
export function readFault(
  file: string,
  object: string,
  what: string,
  hint: string = HINT.missing,
  cause?: unknown,
): StudioError {
  return new StudioError('hdf5-read', `"${object}" ${what}.`, {
    file,
    hint,
    context: { dataset: object },
    ...(cause === undefined ? {} : { cause }),
  })
}
