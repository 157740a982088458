import type { ImagePlaces } from './stored-samples'

/**
 * Puts stored chunks behind one another into `target`, in the order of `places`. Chunks that follow each other in the
 * file are read at once.
 * @param read reads bytes of a file into its first argument, which they fill
 * @param from first of the places; `count` of them are read
 * @returns bytes that were filled
 * @throws what `read` throws
 */
export function gatherChunks(
  read: (target: Uint8Array, at: number) => void,
  places: ImagePlaces,
  from: number,
  count: number,
  target: Uint8Array,
): number {
  let filled = 0
  let length = 0
  for (let k = from; k < from + count; k++) {
    length += places.bytes[k]
    const isLast = k + 1 === from + count
    const at = places.at[k] + places.bytes[k] - length
    if (!isLast && places.at[k + 1] === at + length) continue
    read(target.subarray(filled, filled + length), at)
    filled += length
    length = 0
  }
  return filled
}
