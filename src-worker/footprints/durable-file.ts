import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StudioError, type StudioErrorOptions } from '../../src-shared/errors/studio-error'
import type { ErrorTag } from '../../src-shared/errors/tags'

/** Where a file is written until it is complete. */
export function partPath(path: string): string {
  return `${path}.part`
}

/**
 * Gives a complete `.part` file its final name: flushed to the disk first, so that not even a power cut leaves a
 * half-written file under the final name.
 * @throws StudioError `disk-full` or `output-unwritable`
 */
export async function finishFile(path: string): Promise<void> {
  try {
    await flush(partPath(path), 'r+')
    await rename(partPath(path), path)
    // Windows cannot open a folder; there the rename itself is durable.
    if (process.platform !== 'win32') await flush(dirname(path), 'r')
  } catch (cause) {
    throw writeError(path, cause)
  }
}

/**
 * Writes a small text file completely or not at all.
 * @throws StudioError `disk-full` or `output-unwritable`
 */
export async function writeDurably(path: string, text: string): Promise<void> {
  try {
    const handle = await open(partPath(path), 'w')
    try {
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw writeError(path, cause)
  }
  await finishFile(path)
}

async function flush(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function writeError(path: string, cause: unknown): StudioError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const full = code === 'ENOSPC' || code === 'EDQUOT'
  const tag: ErrorTag = full ? 'disk-full' : 'output-unwritable'
  const options: StudioErrorOptions = {
    file: path,
    hint: full
      ? 'Free space on the output disk and run again.'
      : 'Check that the folder exists and that you may write to it.',
    context: { code },
    cause,
  }
  return new StudioError(tag, full ? 'The disk is full.' : 'The file cannot be written.', options)
}
