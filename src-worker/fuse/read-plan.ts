import type { ImagePlaces } from '../hdf5/stored-samples'

/** What lies between two chunks is read with them up to so many bytes: quicker than to ask once more. */
const GAP_BYTES = 32 << 10
/** Chunks that are read together at most, bytes. */
const SPAN_BYTES = 1 << 20

/** How some samples of a block are read, as plain numbers, which go to another thread quickly. */
export interface ReadPlan {
  /** The samples, by their places in the block, in the order of `pieces`. */
  samples: Uint32Array
  /** Four numbers a read: part, where it begins in the part, its bytes, chunks in it. */
  reads: Float64Array
  /** Three numbers a chunk, in the order of the reads: where it begins in the read and in the target, its bytes. */
  copies: Float64Array
  /** Two numbers a sample: where its chunks begin in the target, and their bytes together. */
  pieces: Float64Array
}

/**
 * Plans how the image chunks of a block are read from their parts by some threads, about the same number of samples each: from
 * the begin of each file to its end, neighbours at once. In the target they lie behind one another in the order of the samples.
 * @param parts of each sample
 * @returns a plan for each thread
 */
export function planReads(
  parts: Uint32Array,
  { at, bytes }: ImagePlaces,
  threads: number,
): readonly ReadPlan[] {
  const layers = at.length / Math.max(parts.length, 1)
  // Where each chunk goes.
  const places = new Float64Array(at.length + 1)
  for (let k = 0; k < at.length; k++) places[k + 1] = places[k] + bytes[k]
  const first = (sample: number): number => at[sample * layers]
  const samples = Uint32Array.from(parts.keys()).sort((a, b) => parts[a] - parts[b] || first(a) - first(b))
  const share = Math.ceil(samples.length / threads)
  return Array.from({ length: threads }, (_, thread) => {
    const own = samples.subarray(thread * share, (thread + 1) * share)
    const pieces = Float64Array.from({ length: 2 * own.length }, (_, i) => {
      const begin = own[i >> 1] * layers
      return i % 2 === 0 ? places[begin] : places[begin + layers] - places[begin]
    })
    return { samples: own, pieces, ...readsOf(chunksOf(own, layers), { parts, at, bytes, places, layers }) }
  })
}

function chunksOf(samples: Uint32Array, layers: number): Uint32Array {
  return Uint32Array.from({ length: samples.length * layers }, (_, k) => {
    const layer = k % layers
    return samples[(k - layer) / layers] * layers + layer
  })
}

interface Block extends ImagePlaces {
  parts: Uint32Array
  places: Float64Array
  layers: number
}

function readsOf(
  chunks: Uint32Array,
  { parts, at, bytes, places, layers }: Block,
): Pick<ReadPlan, 'reads' | 'copies'> {
  const partOf = (chunk: number): number => parts[Math.floor(chunk / layers)]
  chunks.sort((a, b) => partOf(a) - partOf(b) || at[a] - at[b])
  const reads: number[] = []
  const copies = new Float64Array(3 * chunks.length)
  for (let first = 0; first < chunks.length;) {
    const part = partOf(chunks[first])
    const start = at[chunks[first]]
    let end = start
    let next = first
    for (; next < chunks.length; next++) {
      const chunk = chunks[next]
      const chunkEnd = at[chunk] + bytes[chunk]
      const apart = partOf(chunk) !== part || at[chunk] - end > GAP_BYTES || chunkEnd - start > SPAN_BYTES
      if (next > first && apart) break
      end = Math.max(end, chunkEnd)
      copies.set([at[chunk] - start, places[chunk], bytes[chunk]], 3 * next)
    }
    reads.push(part, start, end - start, next - first)
    first = next
  }
  return { reads: Float64Array.from(reads), copies }
}
