import { StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import type { BlockCache } from './block-cache'
import type { ByteRange, ByteSource } from './byte-source'
import { beat } from '../process/pulse'
import { corruptBlock, decodeBlock, emptyBlock } from './decode-block'
import { readLayout, type RasterLayout } from './layout'
import type { NeededBlocks } from './needed-blocks'
import { BYTES_PER_SAMPLE, type Pixels } from './pixels'

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

type Loaded = Map<number, Pixels | StudioError>

/**
 * A raster file of which single blocks are read and decoded, each once as long as the cache holds it.
 */
export class BlockRaster {
  /** Blocks that are being read for somebody, with all that come along: others who need them wait for the same. */
  private readonly reading = new Map<number, Promise<Loaded>>()

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
   * Decodes the blocks of the given indices and holds them, see `release`. A block that cannot be read or decoded comes
   * back as its error, so that only footprints that need it suffer.
   * @throws StudioError `cancelled` when aborted.
   */
  async load(blocks: Iterable<number>, signal: AbortSignal): Promise<Map<number, Pixels | StudioError>> {
    const loaded = new Map<number, Pixels | StudioError>()
    const missing: number[] = []
    const elsewhere: [number, Promise<Pixels | StudioError>][] = []
    for (const block of new Set(blocks)) {
      if (this.needed.note(this.name, block)) this.counters.blocksNeeded++
      const cached = this.cache.get(this.key(block))
      const reading = this.reading.get(block)
      if (cached !== undefined) {
        this.cache.hold(cached)
        loaded.set(block, cached)
      } else if (reading !== undefined) elsewhere.push([block, this.holdWhenRead(reading, block)])
      else missing.push(block)
    }
    if (missing.length > 0) {
      const own = this.readAndDecode(missing, signal)
      for (const block of missing) this.reading.set(block, own)
      try {
        for (const [block, pixels] of await own) loaded.set(block, pixels)
      } finally {
        for (const block of missing) this.reading.delete(block)
      }
    }
    for (const [block, reading] of elsewhere) loaded.set(block, await reading)
    return loaded
  }

  /** Lets go of blocks that `load` gave: their memory may then hold others, so nobody may look at them any more. */
  release(loaded: Iterable<Pixels | StudioError>): void {
    for (const pixels of loaded) if (!(pixels instanceof StudioError)) this.cache.release(pixels)
  }

  /** A block that is read for somebody else. It is held before that one can let go of it: what is said first comes first. */
  private holdWhenRead(reading: Promise<Loaded>, block: number): Promise<Pixels | StudioError> {
    const held = reading.then((loaded) => {
      const pixels = ofBlock(loaded, block)
      if (!(pixels instanceof StudioError)) this.cache.hold(pixels)
      return pixels
    })
    held.catch(() => undefined) // awaited in its turn
    return held
  }

  private async readAndDecode(blocks: readonly number[], signal: AbortSignal): Promise<Loaded> {
    const ranges = blocks.map((block) => this.layout.rangesOf(block))
    const all = ranges.flat()
    const { buffers } = this.cache
    const read: Uint8Array[] = []
    const room = (bytes: number): Uint8Array => {
      const taken = buffers.take(bytes)
      read.push(taken)
      return taken
    }
    const parts = all.length === 0 ? [] : await this.source.read(all, signal, room)
    const loaded: Loaded = new Map()
    for (const [i, block] of blocks.entries()) {
      loaded.set(block, await this.decode(block, ranges[i], parts.splice(0, ranges[i].length)))
    }
    for (const bytes of read) buffers.give(bytes)
    return loaded
  }

  private async decode(
    block: number,
    ranges: readonly ByteRange[],
    parts: readonly Uint8Array[],
  ): Promise<Pixels | StudioError> {
    const empty = ranges.length === 0 ? emptyBlock(this.layout, block) : null
    if (empty !== null) {
      this.cache.hold(empty)
      return empty
    }
    const short = ranges.findIndex(({ length }, i) => parts[i].length < length)
    if (short !== -1) {
      const why = `the file ends after ${parts[short].length} of its ${ranges[short].length} bytes`
      return corruptBlock(this.name, block, why)
    }
    try {
      const pixels = await decodeBlock(this.layout, block, parts, this.name, this.cache.buffers)
      this.counters.blocksDecoded++
      beat()
      this.counters.bytesRead += parts.reduce((sum, { length }) => sum + length, 0)
      this.cache.hold(pixels)
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

function ofBlock(loaded: Loaded, block: number): Pixels | StudioError {
  const found = loaded.get(block)
  if (found === undefined) throw new Error(`block ${block} was not read`)
  return found
}
