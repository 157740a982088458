import { readFile, rm, writeFile } from 'node:fs/promises'
import { StudioError } from '../../src-shared/errors/studio-error'
import { finishFile, partPath } from '../footprints/durable-file'

/**
 * Writes a PNG completely or not at all: as `.part`, read back and compared, flushed, renamed.
 * @throws StudioError `disk-full` or `output-unwritable`
 */
export async function writePng(path: string, png: Uint8Array): Promise<void> {
  const part = partPath(path)
  try {
    await writeFile(part, png)
    if (!(await readFile(part)).equals(png)) throw new Error('read back other than written')
  } catch (cause) {
    await rm(part, { force: true }).catch(() => undefined)
    throw unwritable(path, cause)
  }
  await finishFile(path)
}

function unwritable(path: string, cause: unknown): StudioError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const full = code === 'ENOSPC' || code === 'EDQUOT'
  return new StudioError(
    full ? 'disk-full' : 'output-unwritable',
    full ? 'The disk is full.' : 'The figure cannot be written.',
    {
      file: path,
      hint: full
        ? 'Free space on the output disk and run again.'
        : 'Check that the folder exists and that you may write to it.',
      context: { code },
      cause,
    },
  )
}
