import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StudioError } from '../../src-shared/errors/studio-error'

/** Room for the file's header and the indices of its chunks, as a share of the chunks, and bytes. */
const OVERHEAD = 1.02
const HEADER_BYTES = 1 << 20

/**
 * Makes sure that a fused file will fit on its disk before anything is written.
 * @param partBytes sizes of all parts together
 * @param recordBytes of the temporary records
 * @throws StudioError `disk-full`
 */
export async function requireSpace(output: string, partBytes: number, recordBytes: number): Promise<void> {
  const needed = partBytes * OVERHEAD + recordBytes + HEADER_BYTES
  const disk = await statfs(dirname(output)).catch(() => null)
  const free = disk === null ? null : disk.bavail * disk.bsize
  if (free === null || free >= needed) return
  throw new StudioError(
    'disk-full',
    `The dataset needs about ${megabytes(needed)}, and ${megabytes(free)} are free.`,
    {
      file: output,
      hint: 'Free some space or choose another output folder, then run again; batches are kept.',
      context: { needed, free },
    },
  )
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`
}
