import { StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import type { BlockCache } from './block-cache'
import type { ByteSource } from './byte-source'
import { BYTES_PER_SAMPLE, corruptBlock, decodeBlock, emptyBlock, type Pixels } from './decode-block'
import { readLayout, type RasterLayout } from './layout'
import type { NeededBlocks } from './needed-blocks'

/** What reading rasters cost, summed over a piece of work. */
export interface RasterCounters {
  /** Blocks that windows touched and none before in this process: the least that has to be decoded. */
  blocksNeeded: number
  /** Blocks that were inflated: as many as needed, unless the cache had to drop one that was needed again. */
  blocksDecoded: number
  /** Compressed bytes of these blocks. */
  bytesRead: number
}

/** Counters at zero. */
export function zeroCounters(): RasterCounters {
  return { blocksNeeded: 0, blocksDecoded: 0, bytesRead: 0 }
}

/**
 * A raster file of which single blocks are read and decoded, each once as long as the cache holds it.
 */
export class BlockRaster {
  private constructor(
    private readonly source: ByteSource,
    readonly layout: RasterLayout,
    private readonly cache: BlockCache,
    private readonly counters: RasterCounters,
    private readonly needed: NeededBlocks,
  ) {}

  /** @throws StudioError `raster-unreadable`, see readLayout. */
  static async open(
    source: ByteSource,
    cache: BlockCache,
    counters: RasterCounters,
    needed: NeededBlocks,
    signal: AbortSignal,
  ): Promise<BlockRaster> {
    return new BlockRaster(source, await readLayout(source, signal), cache, counters, needed)
  }

  /** Path or URL. */
  get name(): string {
    return this.source.name
  }

  /** Size of a decoded block in bytes. */
  get blockBytes(): number {
    const { blockWidth, blockHeight, sampleType } = this.layout
    return blockWidth * blockHeight * BYTES_PER_SAMPLE[sampleType]
  }

  /**
   * Decodes the blocks of the given indices. A block that cannot be read or decoded comes back as its error, so
   * that only footprints that need it suffer.
   * @throws StudioError `cancelled` when aborted.
   */
  async load(blocks: Iterable<number>, signal: AbortSignal): Promise<Map<number, Pixels | StudioError>> {
    const loaded = new Map<number, Pixels | StudioError>()
    const missing: number[] = []
    for (const block of new Set(blocks)) {
      if (this.needed.note(this.name, block)) this.counters.blocksNeeded++
      const cached = this.cache.get(this.key(block))
      if (cached !== undefined) loaded.set(block, cached)
      else if (this.layout.byteCounts[block] === 0) loaded.set(block, emptyBlock(this.layout, block))
      else missing.push(block)
    }
    const ranges = missing.map((block) => ({
      offset: this.layout.offsets[block],
      length: this.layout.byteCounts[block],
    }))
    const parts = ranges.length === 0 ? [] : await this.source.read(ranges, signal)
    for (const [i, block] of missing.entries()) {
      loaded.set(block, await this.decode(block, parts[i], ranges[i].length))
    }
    return loaded
  }

  private async decode(block: number, raw: Uint8Array, length: number): Promise<Pixels | StudioError> {
    if (raw.length < length) {
      return corruptBlock(this.name, block, `the file ends after ${raw.length} of its ${length} bytes`)
    }
    try {
      const pixels = await decodeBlock(this.layout, block, raw, this.name)
      this.counters.blocksDecoded++
      this.counters.bytesRead += raw.length
      this.cache.set(this.key(block), pixels)
      return pixels
    } catch (thrown) {
      return toStudioError(thrown)
    }
  }

  private key(block: number): string {
    return `${this.source.name}#${block}`
  }

  async close(): Promise<void> {
    await this.source.close()
  }
}
