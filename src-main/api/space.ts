import { access, constants, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Space } from '../../src-shared/api/places'

/** What is known of a place: whether it is there and can be written, and the space of its disk. */
export async function spaceOf(path: string): Promise<Space> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  )
  const nearest = await nearestFolder(path)
  const writable = await access(nearest, constants.W_OK).then(
    () => true,
    () => false,
  )
  const disk = await statfs(nearest).catch(() => null)
  return {
    path,
    exists,
    writable,
    freeBytes: disk === null ? null : disk.bavail * disk.bsize,
    totalBytes: disk === null ? null : disk.blocks * disk.bsize,
  }
}

/** The path itself, or the nearest folder above it that exists. */
async function nearestFolder(path: string): Promise<string> {
  const there = await stat(path).catch(() => null)
  return there !== null || dirname(path) === path ? path : nearestFolder(dirname(path))
}
