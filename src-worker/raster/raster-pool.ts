import { StudioError } from '../../src-shared/errors/studio-error'
import { BlockCache } from './block-cache'
import { BlockRaster, zeroCounters, type RasterCounters } from './block-raster'
import type { AssetOrigin, OpenSource } from './byte-source'
import { NeededBlocks } from './needed-blocks'
import { openLocalSource } from './open-source'

/** Files kept open at a time; a scene takes 12, the tiles around it a few more. */
const MAX_OPEN = 128

/**
 * The rasters a worker has open, by path or URL, and the block cache they share. Least recently used ones are
 * closed when there are too many; their decoded blocks stay in the cache.
 */
export class RasterPool {
  readonly counters: RasterCounters = zeroCounters()
  private readonly cache: BlockCache
  private readonly needed = new NeededBlocks()
  private readonly open = new Map<string, Promise<BlockRaster>>()
  /** Files that their server does not have: asked for once, not for every footprint. */
  private readonly absent = new Map<string, StudioError>()

  constructor(
    cacheBytes: number,
    private readonly openSource: OpenSource = openLocalSource,
  ) {
    this.cache = new BlockCache(cacheBytes)
  }

  /**
   * The raster at a path or URL, opened once.
   * @param origin what it is of, for messages and tokens
   * @throws StudioError `raster-unreadable`; from servers also `asset-missing` and those of JsonClient
   */
  async raster(href: string, origin: AssetOrigin, signal: AbortSignal): Promise<BlockRaster> {
    const absent = this.absent.get(href)
    if (absent !== undefined) throw absent
    const known = this.open.get(href)
    if (known !== undefined) {
      this.open.delete(href)
      this.open.set(href, known)
      return known
    }
    const opening = this.openRaster(href, origin, signal)
    this.open.set(href, opening)
    try {
      return await opening
    } catch (error) {
      this.open.delete(href)
      if (error instanceof StudioError && error.tag === 'asset-missing') this.absent.set(href, error)
      throw error
    }
  }

  private async openRaster(href: string, origin: AssetOrigin, signal: AbortSignal): Promise<BlockRaster> {
    const source = await this.openSource(href, origin, signal)
    try {
      return await BlockRaster.open(source, this.cache, this.counters, this.needed, signal)
    } catch (error) {
      await source.close()
      throw error
    }
  }

  /** Begins a new piece of work: counters at zero, files beyond the limit closed. */
  async beginWork(): Promise<void> {
    Object.assign(this.counters, zeroCounters())
    for (const [href, opening] of this.open) {
      if (this.open.size <= MAX_OPEN) break
      this.open.delete(href)
      await (await opening).close()
    }
  }

  async close(): Promise<void> {
    const rasters = [...this.open.values()]
    this.open.clear()
    for (const opening of rasters) await (await opening).close()
  }
}
