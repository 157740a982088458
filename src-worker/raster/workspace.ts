/**
 * Arrays for one piece of work after the other, all in one piece of memory: allocating them anew for every footprint costs
 * more than filling them, above all in Electron, where a small array takes ten times as long to make as in Node.
 * What is taken holds whatever was there before.
 */
export class Workspace {
  private room = new Float64Array(8192)
  private used = 0

  /** Begins anew: what was taken before may be overwritten from now on. */
  clear(): void {
    this.used = 0
  }

  readonly float64 = (length: number): Float64Array => {
    if (this.used + length > this.room.length) {
      // What was taken keeps the old memory.
      this.room = new Float64Array(2 * Math.max(length, this.room.length))
      this.used = 0
    }
    this.used += length
    return this.room.subarray(this.used - length, this.used)
  }

  readonly float32 = (length: number): Float32Array => {
    const { buffer, byteOffset } = this.float64(Math.ceil(length / 2))
    return new Float32Array(buffer, byteOffset, length)
  }
}
