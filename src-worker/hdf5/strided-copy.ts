/** Pieces from so many bytes on are copied by a view of them, which costs more to make than a short loop. */
const LONG = 256

interface Strided {
  at: number
  stride: number
}

/** Copies `count` pieces of `bytes` bytes each; pieces begin `stride` bytes apart, in the source and in the target. */
export function copyStrided(
  source: Strided & { from: Uint8Array },
  target: Strided & { to: Uint8Array },
  bytes: number,
  count: number,
): void {
  const { from } = source
  const { to } = target
  if (bytes >= LONG) {
    for (let i = 0, read = source.at, write = target.at; i < count; i++) {
      to.set(from.subarray(read, read + bytes), write)
      read += source.stride
      write += target.stride
    }
    return
  }
  const offsets = [from.byteOffset, source.at, source.stride, to.byteOffset, target.at, target.stride, bytes]
  if (offsets.every((offset) => offset % 4 === 0)) {
    copyPieces(wordsOf(from), inWords(source), wordsOf(to), inWords(target), bytes / 4, count)
  } else copyPieces(from, source, to, target, bytes, count)
}

function copyPieces<A extends Uint8Array | Uint32Array>(
  from: A,
  source: Strided,
  to: A,
  target: Strided,
  length: number,
  count: number,
): void {
  let read = source.at
  let write = target.at
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < length; k++) to[write + k] = from[read + k]
    read += source.stride
    write += target.stride
  }
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4))
}

function inWords({ at, stride }: Strided): Strided {
  return { at: at / 4, stride: stride / 4 }
}
