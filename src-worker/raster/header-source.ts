import type { ByteSource } from './byte-source'

/** One read of this size holds the header of a cloud-optimised file of a full Sentinel-2 or WorldCover tile. */
const HEADER_BYTES = 64 * 1024

/** The part of a geotiff.js source that its parser uses. */
interface ParserSource {
  fetch(slices: { offset: number; length: number }[], signal?: AbortSignal): Promise<ArrayBufferLike[]>
  fetchSlice(slice: { offset: number; length: number }): Promise<{
    offset: number
    length: number
    data: ArrayBufferLike
  }>
  readonly fileSize: number | null
  close(): Promise<void>
}

/**
 * A byte source as geotiff.js wants it, for parsing headers: its many small reads are served from the first
 * 64 KiB of the file, and from reads of that size further on.
 */
export function headerSource(source: ByteSource, signal: AbortSignal): ParserSource {
  const pages = new Map<number, Promise<Uint8Array>>()
  const page = (index: number): Promise<Uint8Array> => {
    const known = pages.get(index)
    if (known !== undefined) return known
    const range = { offset: index * HEADER_BYTES, length: HEADER_BYTES }
    const read = source.read([range], signal).then(([bytes]) => bytes)
    pages.set(index, read)
    return read
  }
  const slice = async (offset: number, length: number): Promise<ArrayBuffer> => {
    const out = new Uint8Array(length)
    let filled = 0
    while (filled < length) {
      const index = Math.floor((offset + filled) / HEADER_BYTES)
      const start = offset + filled - index * HEADER_BYTES
      const bytes = (await page(index)).subarray(start, start + length - filled)
      if (bytes.length === 0) break
      out.set(bytes, filled)
      filled += bytes.length
    }
    return out.buffer.slice(0, filled)
  }
  return {
    fetch: (slices) => Promise.all(slices.map(({ offset, length }) => slice(offset, length))),
    fetchSlice: async ({ offset, length }) => ({ offset, length, data: await slice(offset, length) }),
    fileSize: null,
    close: () => Promise.resolve(),
  }
}
