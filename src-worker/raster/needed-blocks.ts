/** Remembers which blocks of which rasters were ever needed, one bit a block. */
export class NeededBlocks {
  private readonly rasters = new Map<string, Uint8Array>()

  /** Notes a block of a raster; true where it is needed for the first time. */
  note(raster: string, block: number): boolean {
    let bits = this.rasters.get(raster)
    const byte = block >>> 3
    if (bits === undefined || byte >= bits.length) {
      const larger = new Uint8Array(Math.max(byte + 1, 64, 2 * (bits?.length ?? 0)))
      if (bits !== undefined) larger.set(bits)
      this.rasters.set(raster, (bits = larger))
    }
    const bit = 1 << (block & 7)
    if ((bits[byte] & bit) !== 0) return false
    bits[byte] |= bit
    return true
  }
}
