import type { Scene, Tile } from '../../src-shared/catalog/scene'
import { BANDS } from '../../src-shared/dataset/bands'
import { toStudioError } from '../../src-shared/errors/studio-error'
import { isRemote } from '../catalog/href'
import { TileIndex } from '../catalog/tiles'
import { withDatabase } from '../footprints/database'
import { readScenes, readTiles } from '../plan/catalog-store'
import { noCost } from '../plan/block-tally'
import { forecastPlans, type Forecast, type Layouts } from '../plan/forecast'
import type { JobContext } from '../process/context'
import type { BlockRaster } from '../raster/block-raster'
import type { RasterLayout } from '../raster/layout'
import { openingRemote } from '../raster/open-source'
import { RasterPool } from '../raster/raster-pool'
import { FIRST_PAGE_BYTES, MERGING } from '../http/merging'
import { inflatedIn } from './inflated-in'
import { openNetwork } from './job-network'
import type { JobInput, JobOutput } from './schemas'

/** Scenes, and tiles of each kind, whose headers are read; the others are taken to be laid out like these. */
const PROBED_SCENES = 24
const PROBED_TILES = 48
/** As files on servers are read. */
const ASKING = { firstPage: FIRST_PAGE_BYTES, ...MERGING } as const
/** Blocks are decoded for the test read only. */
const CACHE_BYTES = 64 * 2 ** 20

/**
 * Counts what cutting the plans reads at most, from the headers of some files, and reads the middle blocks of one scene
 * for a test. A source that does not answer is no error of the job: its output says so.
 * @throws StudioError where plan or catalog cannot be read; `cancelled`
 */
export async function runForecast(
  input: JobInput<'forecast'>,
  ctx: JobContext,
): Promise<JobOutput<'forecast'>> {
  const network = openNetwork(input.network, input.settings)
  const rasters = new RasterPool(
    CACHE_BYTES,
    openingRemote(
      (href, origin, signal) => network.openSource(href, origin, signal),
      inflatedIn(input.tempDirectory),
    ),
  )
  const probe = new Probe(rasters, ctx.signal)
  let sum: Forecast = { footprints: 0, scenes: 0, ...noCost() }
  const speed = { bytesPerSecond: null, latencyMs: null }
  try {
    const { dem, landcover } = await readTiles(input.catalog.tiles)
    const tiles = { dem: new TileIndex(dem), landcover: new TileIndex(landcover) }
    await withDatabase(input, async (database) => {
      const scenes = await readScenes(database, input.catalog.scenes)
      sum = await forecastPlans(database, input.plans, scenes, tiles, probe, ASKING, ctx.signal)
    })
    const isLocal = !probe.isRemote
    const requests = isLocal ? 0 : sum.requests
    const tested = await probe.testRead()
    return {
      ...sum,
      requests,
      ...(tested ?? speed),
      testRead: tested === null ? 'nothing-to-read' : 'ok',
      error: null,
    }
  } catch (thrown) {
    const error = toStudioError(thrown)
    if (!probe.isReading || error.tag === 'cancelled' || error.tag === 'internal') throw error
    return { ...sum, ...speed, testRead: 'failed', error: error.toJSON() }
  } finally {
    await rasters.close()
    await network.close()
  }
}

/** Reads the headers of some files of a catalog. */
class Probe implements Layouts {
  /** Whether a file is being read: what fails then is the source's fault. */
  isReading = false
  isRemote = false
  private readonly scenes = new Map<string, BlockRaster[]>()
  private readonly tiles = new Map<string, RasterLayout | null>()
  private latencyMs: number | null = null

  constructor(
    private readonly rasters: RasterPool,
    private readonly signal: AbortSignal,
  ) {}

  async ofScene(scene: Scene): Promise<readonly RasterLayout[]> {
    const known =
      this.scenes.get(scene.id) ?? (this.scenes.size < PROBED_SCENES ? undefined : this.anyScene())
    const found = known ?? (await this.reading(() => this.openScene(scene)))
    return found.map(({ layout }) => layout)
  }

  async ofTile(tile: Tile): Promise<RasterLayout | null> {
    const known = this.tiles.get(tile.href)
    if (known !== undefined) return known
    const layout =
      this.tiles.size < PROBED_TILES ? await this.reading(() => this.openTile(tile)) : this.layoutLike(tile)
    this.tiles.set(tile.href, layout)
    return layout
  }

  /** Reads the middle block of every band of a scene at once. @returns null where no scene was looked at */
  async testRead(): Promise<{ bytesPerSecond: number; latencyMs: number | null } | null> {
    const rasters = this.anyScene()
    if (rasters === undefined) return null
    return this.reading(async () => {
      const started = performance.now()
      const sizes = await Promise.all(rasters.map((raster) => this.middleBlock(raster)))
      const seconds = Math.max((performance.now() - started) / 1000, 1e-6)
      return {
        bytesPerSecond: sizes.reduce((sum, bytes) => sum + bytes, 0) / seconds,
        latencyMs: this.latencyMs,
      }
    })
  }

  private async middleBlock(raster: BlockRaster): Promise<number> {
    const { blocksAcross, blocksDown } = raster.layout
    const block = Math.floor(blocksDown / 2) * blocksAcross + Math.floor(blocksAcross / 2)
    const pixels = (await raster.load([block], this.signal)).get(block)
    if (pixels instanceof Error) throw pixels
    return raster.layout.rangesOf(block).reduce((sum, { length }) => sum + length, 0)
  }

  /** The layout of another tile of the same kind, moved to the cell of this one. */
  private layoutLike(tile: Tile): RasterLayout | null {
    const [west, , , north] = tile.bounds
    for (const layout of this.tiles.values()) {
      const degrees = layout === null ? 0 : layout.width * layout.dx
      const extent = tile.bounds[2] - west
      if (layout !== null && Math.abs(degrees - extent) < extent / 2)
        return { ...layout, x0: west, y0: north }
    }
    return null
  }

  private anyScene(): BlockRaster[] | undefined {
    return this.scenes.values().next().value
  }

  private async openScene(scene: Scene): Promise<BlockRaster[]> {
    this.isRemote ||= isRemote(scene.bands.SCL)
    const started = performance.now()
    const origin = { collection: scene.collection ?? null, item: scene.id }
    const open = (band: (typeof BANDS)[number]): Promise<BlockRaster> =>
      this.rasters.raster(scene.bands[band.name], origin, this.signal)
    const [scl, ...others] = BANDS
    const first = await open(scl)
    if (this.isRemote) this.latencyMs ??= performance.now() - started
    const opened = [first, ...(await Promise.all(others.map(open)))]
    this.scenes.set(scene.id, opened)
    return opened
  }

  private async openTile(tile: Tile): Promise<RasterLayout | null> {
    try {
      const origin = { collection: tile.collection ?? null, item: tile.name }
      return (await this.rasters.raster(tile.href, origin, this.signal)).layout
    } catch (thrown) {
      if (tile.assumed === true && toStudioError(thrown).tag === 'asset-missing') return null
      throw thrown
    }
  }

  private async reading<T>(work: () => Promise<T>): Promise<T> {
    this.isReading = true
    const value = await work()
    this.isReading = false
    return value
  }
}
