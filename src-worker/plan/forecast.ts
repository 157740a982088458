import type { Scene, Tile } from '../../src-shared/catalog/scene'
import { BANDS } from '../../src-shared/dataset/bands'
import type { TileIndex } from '../catalog/tiles'
import type { Database } from '../footprints/database'
import { globLiteral } from '../footprints/table'
import { utmProjection } from '../raster/projection'
import type { RasterLayout } from '../raster/layout'
import type { PixelRect } from '../raster/window-read'
import { bandRect } from '../sample/cut-bands'
import { landcoverYear } from '../sample/cut-tiles'
import { windowAt } from '../sample/window'
import { addCost, BlockTally, noCost, type Asking, type ReadingCost } from './block-tally'

/** What cutting plans reads at most: as if every footprint passed all checks. */
export interface Forecast extends ReadingCost {
  footprints: number
  scenes: number
}

/** Where the layouts of files come from. */
export interface Layouts {
  /** Those of a scene's 12 bands, in the order of BANDS; of a scene like it where not every one is looked at. */
  ofScene(scene: Scene): Promise<readonly RasterLayout[]>
  /** That of a tile, or of one like it moved to its place; null where its server does not have it. */
  ofTile(tile: Tile): Promise<RasterLayout | null>
}

/** Half a window with its border, 170 m, and the little that its corners turn against the meridian, metres. */
const REACH = 185
const METRES_PER_DEGREE = 111_320

/**
 * Counts the blocks, bytes and requests that plans need, in the order in which they are cut: each block of a scene once a
 * plan, each of a tile once for all of them.
 * @throws StudioError where a plan cannot be read; those of `layouts`; `cancelled`
 */
export async function forecastPlans(
  database: Database,
  plans: readonly string[],
  scenes: ReadonlyMap<number, Scene>,
  tiles: { dem: TileIndex; landcover: TileIndex },
  layouts: Layouts,
  asking: Asking,
  signal: AbortSignal,
): Promise<Forecast> {
  const sum: Forecast = { footprints: 0, scenes: 0, ...noCost() }
  const tileTallies = new Map<string, BlockTally | null>()
  const noteTiles = async (index: TileIndex, { lon, lat }: Place, year?: number): Promise<void> => {
    const dLat = REACH / METRES_PER_DEGREE
    const dLon = dLat / Math.max(Math.cos((lat * Math.PI) / 180), 0.01)
    for (const tile of index.around([lon - dLon, lat - dLat, lon + dLon, lat + dLat], year)) {
      let tally = tileTallies.get(tile.href)
      if (tally === undefined) {
        const layout = await layouts.ofTile(tile)
        tally = layout === null ? null : new BlockTally(layout)
        tileTallies.set(tile.href, tally)
      }
      const layout = tally === null ? null : await layouts.ofTile(tile)
      if (layout !== null) tally?.note(rectAround(layout, lon, lat, dLon, dLat))
    }
  }
  let current: { number: number; scene: Scene; tallies: BlockTally[] } | null = null
  const close = (): void => {
    for (const tally of current?.tallies ?? []) addCost(sum, tally.cost(asking))
  }
  for (const plan of plans) {
    for await (const row of planRows(database, plan, signal)) {
      if (current?.number !== row.scene) {
        close()
        current = await open(row.scene, scenes, layouts)
        sum.scenes++
      }
      sum.footprints++
      const { scene, tallies } = current
      const [x, y] = utmProjection(scene.epsg).forward(row.lon, row.lat)
      const window = windowAt(scene.grid, x, y)
      if (window === null) continue
      tallies.forEach((tally, band) => tally.note(bandRect(band, window)))
      await noteTiles(tiles.dem, row)
      await noteTiles(tiles.landcover, row, landcoverYear(row.time))
    }
    close()
    current = null
  }
  for (const tally of tileTallies.values()) {
    if (tally !== null) addCost(sum, tally.cost(asking))
  }
  return sum
}

interface Place {
  lon: number
  lat: number
}

interface PlanRow extends Place {
  /** Number of the best scene. */
  scene: number
  /** Acquisition, milliseconds since 1970. */
  time: number
}

/** The rows of a plan in cutting order, which is that of its file. */
async function* planRows(database: Database, plan: string, signal: AbortSignal): AsyncGenerator<PlanRow> {
  const sql = `SELECT split_part(candidates, ' ', 1)::DOUBLE, lon_lowestmode, lat_lowestmode, acquisition_ms
    FROM read_parquet(${globLiteral(plan)})`
  for await (const chunk of database.chunks(sql, { signal, file: plan })) {
    const [scene, lon, lat, time] = [0, 1, 2, 3].map((column) => chunk.getColumnVector(column))
    for (let i = 0; i < chunk.rowCount; i++) {
      yield {
        scene: Number(scene.getItem(i)),
        lon: Number(lon.getItem(i)),
        lat: Number(lat.getItem(i)),
        time: Number(time.getItem(i)),
      }
    }
  }
}

async function open(
  number: number,
  scenes: ReadonlyMap<number, Scene>,
  layouts: Layouts,
): Promise<{ number: number; scene: Scene; tallies: BlockTally[] }> {
  const scene = scenes.get(number)
  if (scene === undefined) throw new Error(`scene ${number} is not in the catalog`)
  const ofBands = await layouts.ofScene(scene)
  return { number, scene, tallies: BANDS.map((_, band) => new BlockTally(ofBands[band])) }
}

/** The pixels of a tile around a position. */
function rectAround(
  { x0, y0, dx, dy }: RasterLayout,
  lon: number,
  lat: number,
  dLon: number,
  dLat: number,
): PixelRect {
  const east = ((lon - x0 + 540) % 360) - 180
  const col = Math.floor((east - dLon) / dx)
  const row = Math.floor((lat + dLat - y0) / dy)
  return {
    col,
    row,
    width: Math.floor((east + dLon) / dx) - col + 1,
    height: Math.floor((lat - dLat - y0) / dy) - row + 1,
  }
}
