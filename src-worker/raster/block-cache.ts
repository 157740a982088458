import type { Pixels } from './decode-block'

/**
 * Decoded blocks of all rasters of a worker, least recently used ones forgotten first, bounded in bytes. What is
 * in use is held by its users; the cache only decides what stays for the next ones.
 */
export class BlockCache {
  private readonly blocks = new Map<string, Pixels>()
  private bytes = 0

  constructor(readonly maxBytes: number) {}

  get(key: string): Pixels | undefined {
    const block = this.blocks.get(key)
    if (block !== undefined) {
      this.blocks.delete(key)
      this.blocks.set(key, block)
    }
    return block
  }

  set(key: string, block: Pixels): void {
    const previous = this.blocks.get(key)
    if (previous !== undefined) this.bytes -= previous.byteLength
    this.blocks.delete(key)
    this.blocks.set(key, block)
    this.bytes += block.byteLength
    for (const [oldest, pixels] of this.blocks) {
      if (this.bytes <= this.maxBytes || oldest === key) break
      this.blocks.delete(oldest)
      this.bytes -= pixels.byteLength
    }
  }
}
