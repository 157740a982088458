import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { throwIfCancelled } from '../../src-shared/errors/studio-error'

/** Files up to this size are read whole for their digest, larger ones only where everything is to be verified. */
const WHOLE_BYTES = 10e9
const READ_BYTES = 4 * 2 ** 20

/** Whether a file gets a digest: the rule by which a fused file is read again, whole or in part. */
export function isDigested(bytes: number, verification: 'sampled' | 'full'): boolean {
  return verification === 'full' || bytes <= WHOLE_BYTES
}

/**
 * SHA-256 of a file, lower-case hexadecimal, read in pieces of 4 MiB.
 * @param read hears how many bytes were read so far
 * @throws StudioError `cancelled`; what the file system says
 */
export async function digestOf(
  path: string,
  signal: AbortSignal,
  read: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256')
  let bytes = 0
  const pieces: AsyncIterable<Buffer> = createReadStream(path, { highWaterMark: READ_BYTES })
  for await (const piece of pieces) {
    throwIfCancelled(signal)
    hash.update(piece)
    bytes += piece.length
    read(bytes)
  }
  return hash.digest('hex')
}
