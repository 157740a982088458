import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeFault } from './write-fault'

/** Name that a file has until it is complete. */
export function partOf(path: string): string {
  return `${path}.part`
}

/**
 * Turns `path.part`, closed and complete, into `path`: to the disk, checked, renamed. When anything fails, the part is
 * deleted.
 * @param check throws when the file is not what it should be
 * @throws StudioError `hdf5-write` or `disk-full`, or what `check` throws
 */
export async function completeFile(path: string, check: () => Promise<void>): Promise<void> {
  const part = partOf(path)
  try {
    syncFile(part, 'r+')
    await check()
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    throw error instanceof Error && 'syscall' in error
      ? writeFault(path, 'The file cannot be completed', error)
      : error
  }
  syncFolder(dirname(path))
}

function syncFile(path: string, mode: string): void {
  const descriptor = openSync(path, mode)
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

/** Makes the new name last; some systems do not let folders be opened, and the name then lasts a moment later. */
function syncFolder(path: string): void {
  try {
    syncFile(path, 'r')
  } catch {
    // The file itself is safe.
  }
}
