import { constants, createInflate, inflateSync, type Inflate } from 'node:zlib'

/**
 * What Node's own synchronous functions use of a zlib stream. It is not documented, so it is looked at before it is
 * used, and where a Node has another one, `inflateInto` takes the documented way.
 */
interface SyncHandle {
  writeSync(
    flush: number,
    input: Uint8Array,
    inputOffset: number,
    inputLength: number,
    output: Uint8Array,
    outputOffset: number,
    outputLength: number,
  ): void
  onerror: (message: string) => void
}

interface Inflater {
  stream: Inflate
  handle: SyncHandle
  /** Bytes that the last call left free in the output, and left over of the input. */
  left: Uint32Array
  faults: string[]
}

let inflater: Inflater | null | undefined

/**
 * Inflates a whole zlib stream into memory that is there already, and returns how many bytes it came to. Where the
 * output has room for less, it is filled and the rest of the stream is neither written nor checked, so give it one
 * byte more than is expected.
 *
 * `zlib.inflateSync` makes a new output for each call. The system hands these out page by page, which costs more than
 * inflating where pages are dear: in Electron's processes a block of 512 KB of Sentinel-2 took 18 times as long.
 * @throws Error where the stream is damaged or ends early.
 */
export function inflateInto(stored: Uint8Array, output: Uint8Array): number {
  inflater ??= inflater === undefined ? openInflater() : null
  if (inflater === null) return inflateCopying(stored, output)
  const { stream, handle, left, faults } = inflater
  faults.length = 0
  try {
    handle.writeSync(constants.Z_FINISH, stored, 0, stored.length, output, 0, output.length)
    if (faults.length > 0) throw new Error(faults[0])
    return output.length - left[0]
  } finally {
    stream.reset()
  }
}

function openInflater(): Inflater | null {
  const stream = createInflate()
  const { _handle: handle, _writeState: left } = stream as unknown as Record<string, unknown>
  if (!isSyncHandle(handle) || !(left instanceof Uint32Array) || left.length !== 2) return null
  const opened: Inflater = { stream, handle, left, faults: [] }
  handle.onerror = (message) => opened.faults.push(message)
  return opened
}

function isSyncHandle(handle: unknown): handle is SyncHandle {
  return (
    typeof handle === 'object' &&
    handle !== null &&
    'writeSync' in handle &&
    typeof handle.writeSync === 'function'
  )
}

function inflateCopying(stored: Uint8Array, output: Uint8Array): number {
  const bytes = inflateSync(stored, { chunkSize: Math.max(constants.Z_MIN_CHUNK, output.length) })
  output.set(bytes.subarray(0, output.length))
  return Math.min(bytes.length, output.length)
}
