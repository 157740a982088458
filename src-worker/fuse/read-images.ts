import type { ImagePlaces } from '../hdf5/stored-samples'
import type { PartFiles } from './part-files'

/** What lies between two chunks is read with them up to so many bytes: quicker than to ask once more. */
const GAP_BYTES = 32 << 10
/** Chunks that are read together at most, bytes. */
const SPAN_BYTES = 1 << 20

/**
 * Reads image chunks of samples from their parts, from the begin of each file to its end, neighbours at once, and puts them
 * behind one another in the order of the samples.
 * @param parts of each sample
 * @param target as long as all chunks, or longer
 * @throws StudioError `dataset-invalid` when a part cannot be read
 */
export function readImages(
  parts: Uint32Array,
  { at, bytes }: ImagePlaces,
  files: PartFiles,
  target: Uint8Array,
): void {
  const layers = at.length / Math.max(parts.length, 1)
  const partOf = (chunk: number): number => parts[Math.floor(chunk / layers)]
  // Where each chunk goes.
  const places = new Float64Array(at.length)
  for (let k = 1; k < at.length; k++) places[k] = places[k - 1] + bytes[k - 1]
  const chunks = inFiles(parts, at, layers)
  const span = Buffer.allocUnsafe(SPAN_BYTES)
  for (let first = 0; first < chunks.length;) {
    const one = chunks[first]
    const part = partOf(one)
    const start = at[one]
    let end = start + bytes[one]
    let next = first + 1
    for (; next < chunks.length; next++) {
      const chunk = chunks[next]
      if (partOf(chunk) !== part || at[chunk] - end > GAP_BYTES) break
      if (at[chunk] + bytes[chunk] - start > SPAN_BYTES) break
      end = Math.max(end, at[chunk] + bytes[chunk])
    }
    if (next === first + 1) files.readInto(part, target, places[one], bytes[one], start)
    else {
      files.readInto(part, span, 0, end - start, start)
      for (const chunk of chunks.subarray(first, next))
        target.set(span.subarray(at[chunk] - start, at[chunk] - start + bytes[chunk]), places[chunk])
    }
    first = next
  }
}

/** The chunks in the order of parts, and of places in them. */
function inFiles(parts: Uint32Array, at: Float64Array, layers: number): Uint32Array {
  const byPart = new Map<number, number[]>()
  parts.forEach((part, sample) => {
    const list = byPart.get(part) ?? []
    for (let layer = 0; layer < layers; layer++) list.push(sample * layers + layer)
    byPart.set(part, list)
  })
  const order = new Uint32Array(at.length)
  let filled = 0
  for (const part of [...byPart.keys()].sort((a, b) => a - b)) {
    const chunks = Uint32Array.from(byPart.get(part) ?? []).sort((a, b) => at[a] - at[b])
    order.set(chunks, filled)
    filled += chunks.length
  }
  return order
}
