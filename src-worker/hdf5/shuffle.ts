/**
 * Undoes HDF5's shuffle filter, which stores the first bytes of all elements of a chunk, then the second ones, and
 * so on (H5Zshuffle). Copies elements [first, first + count) into `target`, which is that long.
 * @param width bytes of an element, at least 2; the chunk is a multiple of it
 */
export function unshuffle(
  chunk: Uint8Array,
  width: number,
  first: number,
  count: number,
  target: Uint8Array,
): void {
  const stride = chunk.length / width
  if (width === 2) unshuffle2(chunk, stride, first, count, target)
  else if (width === 4) unshuffle4(chunk, stride, first, count, target)
  else if (width === 8) unshuffle8(chunk, stride, first, count, target)
  else unshuffleAny(chunk, width, stride, first, count, target)
}

/** Whether numbers in memory are as they are in the file. */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

type Unshuffle = (chunk: Uint8Array, stride: number, first: number, count: number, target: Uint8Array) => void

const unshuffle2: Unshuffle = (chunk, stride, first, count, target) => {
  if (LITTLE_ENDIAN && target.byteOffset % 2 === 0) {
    // Half the writes.
    const pairs = new Uint16Array(target.buffer, target.byteOffset, count)
    for (let i = 0, p = first; i < count; i++, p++) pairs[i] = chunk[p] | (chunk[stride + p] << 8)
    return
  }
  for (let i = first, p = 0; p < 2 * count; i++, p += 2) {
    target[p] = chunk[i]
    target[p + 1] = chunk[stride + i]
  }
}

const unshuffle4: Unshuffle = (chunk, stride, first, count, target) => {
  for (let i = first, p = 0; p < 4 * count; i++, p += 4) {
    target[p] = chunk[i]
    target[p + 1] = chunk[stride + i]
    target[p + 2] = chunk[2 * stride + i]
    target[p + 3] = chunk[3 * stride + i]
  }
}

const unshuffle8: Unshuffle = (chunk, stride, first, count, target) => {
  for (let i = first, p = 0; p < 8 * count; i++, p += 8) {
    target[p] = chunk[i]
    target[p + 1] = chunk[stride + i]
    target[p + 2] = chunk[2 * stride + i]
    target[p + 3] = chunk[3 * stride + i]
    target[p + 4] = chunk[4 * stride + i]
    target[p + 5] = chunk[5 * stride + i]
    target[p + 6] = chunk[6 * stride + i]
    target[p + 7] = chunk[7 * stride + i]
  }
}

/**
 * Long elements, which are texts, byte by byte, so that reads run in sequence. Most of a text is padding: bytes that are
 * zero in all elements are passed over.
 */
function unshuffleAny(
  chunk: Uint8Array,
  width: number,
  stride: number,
  first: number,
  count: number,
  target: Uint8Array,
): void {
  target.fill(0, 0, count * width)
  const zeros = Buffer.alloc(count)
  for (let b = 0; b < width; b++) {
    const from = b * stride + first
    if (zeros.equals(chunk.subarray(from, from + count))) continue
    for (let i = 0, p = b; i < count; i++, p += width) target[p] = chunk[from + i]
  }
}

/** Rows that are put in place together: what they touch stays in the processor's nearest cache. */
const ROWS_TOGETHER = 32

/**
 * Undoes the filter for rows [first, first + count) of some elements each, and puts them `stride` bytes apart. Bytes that
 * are zero in all elements, as the padding of texts, are passed over.
 * @param chunk its shuffled bytes, the bytes of an element, and those of a row
 */
export function unshuffleRows(
  { bytes, width, rowBytes }: { bytes: Uint8Array; width: number; rowBytes: number },
  first: number,
  count: number,
  { to, at, stride }: { to: Uint8Array; at: number; stride: number },
): void {
  const perRow = rowBytes / width
  const plane = bytes.length / width
  const length = count * perRow
  // Numbers have no padding to look for.
  const zeros = width > 8 ? Buffer.alloc(length) : null
  const used = Array.from({ length: width }, (_, b) => b).filter((b) => {
    const from = b * plane + first * perRow
    return zeros?.equals(bytes.subarray(from, from + length)) !== true
  })
  for (let row = 0; row < count; row += ROWS_TOGETHER) {
    const end = at + Math.min(row + ROWS_TOGETHER, count) * stride
    const begin = at + row * stride
    if (zeros !== null) for (let p = begin; p < end; p += stride) to.fill(0, p, p + rowBytes)
    for (const b of used) {
      let from = b * plane + (first + row) * perRow
      for (let rowAt = begin + b; rowAt < end; rowAt += stride) {
        for (let p = rowAt; p < rowAt + rowBytes; p += width) to[p] = bytes[from++]
      }
    }
  }
}

/**
 * HDF5's shuffle filter: the first bytes of all elements, then the second ones, and so on.
 * @param width bytes of an element; `bytes` is a multiple of it and as long as `target`
 */
export function shuffle(bytes: Uint8Array, width: number, target: Uint8Array): void {
  if (width % 4 === 0 && bytes.byteOffset % 4 === 0) shuffleWords(bytes, width, target)
  else {
    const stride = bytes.length / width
    for (let b = 0; b < width; b++) {
      for (let from = b, to = b * stride; from < bytes.length; from += width, to++) target[to] = bytes[from]
    }
  }
}

/** Four bytes at a time. Most of a text is padding: words that are zero are passed over. */
function shuffleWords(bytes: Uint8Array, width: number, target: Uint8Array): void {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const stride = bytes.length / width
  target.fill(0)
  for (let i = 0, k = 0; i < stride; i++) {
    for (let to = i; to < bytes.length; to += 4 * stride, k++) {
      const word = words[k]
      if (word === 0) continue
      target[to] = word
      target[to + stride] = word >>> 8
      target[to + 2 * stride] = word >>> 16
      target[to + 3 * stride] = word >>> 24
    }
  }
}
