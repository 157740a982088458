/** How a fixed-length HDF5 string fills its bytes (H5T_str_t). */
export const STRING_PADDING = { nullTerminated: 0, nullPadded: 1, spacePadded: 2 } as const

const SPACE = 0x20

/** Texts of fixed-length strings, UTF-8 or ASCII, without their padding. */
export function decodeFixedStrings(bytes: Buffer, length: number, padding: number): string[] {
  const texts = new Array<string>(Math.floor(bytes.length / length))
  for (let i = 0; i < texts.length; i++) {
    const start = i * length
    texts[i] = bytes.toString('utf8', start, textEnd(bytes, start, start + length, padding))
  }
  return texts
}

function textEnd(bytes: Buffer, start: number, end: number, padding: number): number {
  let last = start
  if (padding === STRING_PADDING.nullTerminated) {
    while (last < end && bytes[last] !== 0) last++
    return last
  }
  const filler = padding === STRING_PADDING.spacePadded ? SPACE : 0
  last = end
  while (last > start && bytes[last - 1] === filler) last--
  return last
}

/** Bytes of a pointer in the WebAssembly heap. */
export const POINTER_BYTES = 4

/** Texts that `count` pointers at `pointer` refer to, each ended by a zero byte; a null pointer is an empty text. */
export function decodePointers(heap: Uint8Array, pointer: number, count: number): string[] {
  const bytes = Buffer.from(heap.buffer, heap.byteOffset, heap.byteLength)
  return Array.from({ length: count }, (_, i) => {
    const start = bytes.readUInt32LE(pointer + i * POINTER_BYTES)
    return start === 0 ? '' : bytes.toString('utf8', start, bytes.indexOf(0, start))
  })
}
