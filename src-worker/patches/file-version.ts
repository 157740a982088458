import { stat } from 'node:fs/promises'
import { StudioError } from '../../src-shared/errors/studio-error'
import { systemCode } from '../hdf5/open-fault'

/** Which content a file has, as far as the file system tells. */
export interface FileVersion {
  /** The same text as long as the file is neither replaced nor written to. */
  version: string
  /** Time of the last change, milliseconds since 1970. */
  modified: number
}

/**
 * A file that was gone, replaced or written to when it was wanted. That says nothing of what it holds: it may be back a
 * moment later, as it was.
 */
export class UnsteadyFile extends StudioError {}

/**
 * The version of a file.
 * @throws UnsteadyFile `hdf5-open` when there is no such file
 */
export async function fileVersion(path: string): Promise<FileVersion> {
  try {
    const { ino, size, mtimeNs, mtimeMs } = await stat(path, { bigint: true })
    return { version: `${ino}-${size}-${mtimeNs}`, modified: Number(mtimeMs) }
  } catch (error) {
    const code = systemCode(error)
    const gone = code === 'ENOENT' || code === 'ENOTDIR'
    throw new UnsteadyFile('hdf5-open', `The file ${gone ? 'does not exist' : `cannot be read (${code})`}.`, {
      file: path,
      hint: gone
        ? 'A run may be cutting this batch again; look again when it is done.'
        : 'Check the permissions.',
      cause: error,
    })
  }
}
