import { open, type FileHandle } from 'node:fs/promises'
import { StudioError, throwIfCancelled } from '../../src-shared/errors/studio-error'
import { mergeRanges, type ByteRange, type ByteSource } from './byte-source'

/** Local reads are merged over gaps up to this many bytes: cheaper to read than to ask again. */
const MAX_GAP = 64 * 1024
const MAX_READ = 16 * 1024 * 1024

/**
 * A local file as a byte source.
 * @throws StudioError `raster-unreadable` where it does not exist or may not be read.
 */
export async function openFileSource(path: string): Promise<ByteSource> {
  let handle: FileHandle
  try {
    handle = await open(path, 'r')
  } catch (cause) {
    throw unreadable(path, 'The file cannot be opened.', cause)
  }
  return new FileSource(path, handle)
}

class FileSource implements ByteSource {
  constructor(
    readonly name: string,
    private readonly handle: FileHandle,
  ) {}

  async read(
    ranges: readonly ByteRange[],
    signal: AbortSignal,
    room: (bytes: number) => Uint8Array = (bytes) => Buffer.allocUnsafeSlow(bytes),
  ): Promise<Uint8Array[]> {
    const parts = new Array<Uint8Array>(ranges.length)
    for (const merged of mergeRanges(ranges, MAX_GAP, MAX_READ)) {
      throwIfCancelled(signal)
      const bytes = await this.readRange(merged, room(merged.length))
      for (const index of merged.members) {
        const start = ranges[index].offset - merged.offset
        parts[index] = bytes.subarray(start, start + ranges[index].length)
      }
    }
    return parts
  }

  private async readRange({ offset, length }: ByteRange, buffer: Uint8Array): Promise<Uint8Array> {
    try {
      let filled = 0
      while (filled < length) {
        const { bytesRead } = await this.handle.read(buffer, filled, length - filled, offset + filled)
        if (bytesRead === 0) break
        filled += bytesRead
      }
      return buffer.subarray(0, filled)
    } catch (cause) {
      throw unreadable(this.name, `${length} bytes at ${offset} cannot be read.`, cause)
    }
  }

  async close(): Promise<void> {
    await this.handle.close()
  }
}

function unreadable(file: string, message: string, cause: unknown): StudioError {
  return new StudioError('raster-unreadable', message, {
    file,
    hint: 'Check that the file exists and may be read, or download it again.',
    cause,
  })
}
