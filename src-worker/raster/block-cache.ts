import { BlockBuffers } from './block-buffers'
import type { Pixels } from './decode-block'

/**
 * Decoded blocks of all rasters of a worker, least recently used ones forgotten first, bounded in bytes. What is
 * in use is held by its users; the cache only decides what stays for the next ones. The memory of a block goes to
 * the next one when it is neither kept nor held; a holder that never lets go leaves it to the garbage collector.
 */
export class BlockCache {
  private readonly blocks = new Map<string, Pixels>()
  /** How many hold a block; that the cache keeps it counts for one. */
  private readonly holders = new WeakMap<Pixels, number>()
  private bytes = 0

  constructor(
    readonly maxBytes: number,
    readonly buffers = new BlockBuffers(),
  ) {}

  /** Holds a block: its pixels stay what they are until it is released as often. */
  hold(block: Pixels): void {
    this.holders.set(block, (this.holders.get(block) ?? 0) + 1)
  }

  /** Lets go of a block that was held. */
  release(block: Pixels): void {
    const left = (this.holders.get(block) ?? 0) - 1
    if (left > 0) {
      this.holders.set(block, left)
      return
    }
    this.holders.delete(block)
    this.buffers.give(block)
  }

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
    if (previous !== undefined) this.forget(key, previous)
    this.blocks.set(key, block)
    this.hold(block)
    this.bytes += block.byteLength
    for (const [oldest, pixels] of this.blocks) {
      if (this.bytes <= this.maxBytes || oldest === key) break
      this.forget(oldest, pixels)
    }
  }

  private forget(key: string, block: Pixels): void {
    this.blocks.delete(key)
    this.bytes -= block.byteLength
    this.release(block)
  }
}
