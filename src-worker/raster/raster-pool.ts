import { StudioError } from '../../src-shared/errors/studio-error'
import { BlockCache } from './block-cache'
import { BlockRaster, zeroCounters, type RasterCounters } from './block-raster'
import type { ByteSource } from './byte-source'
import { openFileSource } from './file-source'
import { NeededBlocks } from './needed-blocks'

/** How a path or URL becomes a byte source. */
export type OpenSource = (href: string, signal: AbortSignal) => Promise<ByteSource>

/** Local files; anything else is an error for now. */
const openLocalSource: OpenSource = (href) => {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(href)) {
    throw new StudioError('raster-unreadable', 'Rasters are read from local folders only.', {
      file: href,
      hint: 'Download the imagery and point --source at the folder.',
    })
  }
  return openFileSource(href)
}

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

  constructor(
    cacheBytes: number,
    private readonly openSource: OpenSource = openLocalSource,
  ) {
    this.cache = new BlockCache(cacheBytes)
  }

  /**
   * The raster at a path or URL, opened once.
   * @throws StudioError `raster-unreadable`
   */
  async raster(href: string, signal: AbortSignal): Promise<BlockRaster> {
    const known = this.open.get(href)
    if (known !== undefined) {
      this.open.delete(href)
      this.open.set(href, known)
      return known
    }
    const opening = this.openRaster(href, signal)
    this.open.set(href, opening)
    try {
      return await opening
    } catch (error) {
      this.open.delete(href)
      throw error
    }
  }

  private async openRaster(href: string, signal: AbortSignal): Promise<BlockRaster> {
    const source = await this.openSource(href, signal)
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
