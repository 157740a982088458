/** Free memory that is kept: what one wave of local files lets go at once. */
const MAX_FREE_BYTES = 48 * 2 ** 20
const SMALLEST = 64 * 1024

/**
 * Memory for blocks and for what is read of files, used again and again: new memory costs a fault for each of its pages,
 * which can take longer than decoding what goes in.
 */
export class BlockBuffers {
  private readonly free = new Map<number, ArrayBuffer[]>()
  private readonly lent = new WeakSet<ArrayBufferLike>()
  private freeBytes = 0

  constructor(private readonly maxFreeBytes = MAX_FREE_BYTES) {}

  /** Memory of a length; what is in it is anything. */
  take(bytes: number): Uint8Array<ArrayBuffer> {
    const size = sizeFor(bytes)
    const known = this.free.get(size)?.pop()
    if (known !== undefined) this.freeBytes -= size
    const buffer = known ?? new ArrayBuffer(size)
    this.lent.add(buffer)
    return new Uint8Array(buffer, 0, bytes)
  }

  /** Gives memory back that nobody looks at any more. Memory that was not taken here, or was given back before, is left alone. */
  give({ buffer }: ArrayBufferView): void {
    if (!(buffer instanceof ArrayBuffer) || !this.lent.delete(buffer)) return
    const size = buffer.byteLength
    if (this.freeBytes + size > this.maxFreeBytes) return
    const same = this.free.get(size)
    if (same === undefined) this.free.set(size, [buffer])
    else same.push(buffer)
    this.freeBytes += size
  }
}

/** Four sizes between two powers of two, so that memory fits what is alike in size. */
function sizeFor(bytes: number): number {
  if (bytes <= SMALLEST) return SMALLEST
  const step = 2 ** Math.floor(Math.log2(bytes - 1)) / 4
  return Math.ceil(bytes / step) * step
}
