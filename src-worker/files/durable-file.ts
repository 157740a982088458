import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StudioError } from '../../src-shared/errors/studio-error'

/** Variable of the environment by which the scripts of a cluster tell the tries of a task apart (src-main/slurm/job-script). */
export const TRY = 'GEDI_DATASET_TRY'

/** What temporary files of tries end with: the number of the job, and how often it was started anew. */
export const PART_OF_TRY = /\.\d+-\d+\.part$/

/**
 * Where a file is written until it is complete. A task that is started anew, because its node was cut off, has names of its own:
 * the try before may still be writing.
 */
export function partPath(path: string): string {
  const tried = process.env[TRY]
  return tried !== undefined && /^\d+-\d+$/.test(tried) ? `${path}.${tried}.part` : `${path}.part`
}

/**
 * Gives a complete `.part` file its final name: flushed to the disk and, meanwhile, checked first, so that not even a
 * power cut leaves a half-written file under the final name. Where anything fails, the part is deleted.
 * @param check throws when the part is not what it should be
 * @throws StudioError `disk-full` or `output-unwritable`, or what `check` throws
 */
export async function finishFile(path: string, check?: () => Promise<void>): Promise<void> {
  const part = partPath(path)
  try {
    const [flushed, checked] = await Promise.allSettled([flush(part, 'r+'), check?.()])
    for (const done of [flushed, checked]) if (done.status === 'rejected') throw done.reason
    await rename(part, path)
  } catch (thrown) {
    await rm(part, { force: true }).catch(() => undefined)
    throw thrown instanceof StudioError ? thrown : writeError(path, thrown)
  }
  // Some systems do not let folders be opened; there the rename lasts a moment later, the content is safe.
  await flush(dirname(path), 'r').catch(() => undefined)
}

/**
 * Writes a small file completely or not at all.
 * @throws StudioError `disk-full` or `output-unwritable`
 */
export async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  try {
    const handle = await open(partPath(path), 'w')
    try {
      await handle.writeFile(content)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    await rm(partPath(path), { force: true }).catch(() => undefined)
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
  return new StudioError(
    full ? 'disk-full' : 'output-unwritable',
    full ? 'The disk is full.' : 'The file cannot be written.',
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
