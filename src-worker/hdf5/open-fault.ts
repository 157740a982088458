import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { StudioError } from '../../src-shared/errors/studio-error'

/** First bytes of every HDF5 file; they may also lie at 512, 1024, 2048 … (HDF5 file format specification, II.A). */
const SIGNATURE = Buffer.from([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a])
const FIRST_USER_BLOCK = 512

/**
 * Says why a file cannot be opened as HDF5, as exactly as its bytes tell.
 * @param complaint what libhdf5 said about it, if it was asked
 */
export function openFault(path: string, complaint = ''): StudioError {
  let descriptor: number
  try {
    descriptor = openSync(path, 'r')
  } catch (error) {
    return unreachable(path, error)
  }
  try {
    const stat = fstatSync(descriptor)
    if (stat.isDirectory()) return fault(path, 'is a folder, not a file', 'Name a file.')
    if (stat.size === 0) return fault(path, 'is empty', 'Copy or download it again.')
    const at = findSignature(descriptor, stat.size)
    if (at === null) return fault(path, 'is no HDF5 file', 'Check that it is the right file.')
    const expected = at === 0 ? endOfFile(descriptor) : null
    if (expected !== null && expected > BigInt(stat.size)) {
      return fault(
        path,
        `is truncated: it has ${stat.size} of ${expected} bytes`,
        'Copy or download it again.',
        complaint,
      )
    }
    return fault(path, 'is damaged and cannot be opened', 'Copy or download it again.', complaint)
  } catch (error) {
    return unreachable(path, error)
  } finally {
    closeSync(descriptor)
  }
}

/** Name of the system's error behind a failed file operation, such as ENOENT; an empty string for anything else. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function fault(path: string, what: string, hint: string, complaint = ''): StudioError {
  return new StudioError('hdf5-open', `The file ${what}.`, {
    file: path,
    hint,
    ...(complaint === '' ? {} : { cause: complaint }),
  })
}

function unreachable(path: string, error: unknown): StudioError {
  const code = systemCode(error)
  const what = code === 'ENOENT' || code === 'ENOTDIR' ? 'does not exist' : `cannot be read (${code})`
  return new StudioError('hdf5-open', `The file ${what}.`, {
    file: path,
    hint: 'Check the path and the permissions.',
    cause: error,
  })
}

function findSignature(descriptor: number, size: number): number | null {
  for (let at = 0; at + SIGNATURE.length <= size; at = at === 0 ? FIRST_USER_BLOCK : at * 2) {
    if (readAt(descriptor, at, SIGNATURE.length).equals(SIGNATURE)) return at
  }
  return null
}

/**
 * Length of the file that its superblock states, bytes; null where it cannot be told. Offsets after HDF5 file format
 * specification, II.A, superblocks 0 to 3 with 8-byte addresses.
 */
function endOfFile(descriptor: number): bigint | null {
  const block = readAt(descriptor, 0, 64)
  const version = block.at(8)
  if (block.length < 64 || version === undefined || version > 3) return null
  const addressBytes = version < 2 ? block[13] : block[9]
  if (addressBytes !== 8) return null
  const offset = version === 0 ? 40 : version === 1 ? 44 : 28
  return block.readBigUInt64LE(offset)
}

function readAt(descriptor: number, at: number, length: number): Buffer {
  const buffer = Buffer.alloc(length)
  return buffer.subarray(0, readSync(descriptor, buffer, 0, length, at))
}
