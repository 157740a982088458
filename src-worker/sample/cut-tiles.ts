import type { Scene, Tile } from '../../src-shared/catalog/scene'
import { PATCH_PIXELS, PATCH_SIZE, PIXEL_SIZE } from '../../src-shared/dataset/bands'
import { StudioError, toStudioError } from '../../src-shared/errors/studio-error'
import type { BlockRaster } from '../raster/block-raster'
import { lonLatGrid, lonLatSquare, type LonLatGrid, type LonLatSquare } from '../raster/lonlat-grid'
import { utmProjection } from '../raster/projection'
import { cutInWaves, type BlockNeed, type LoadedBlocks } from '../raster/waves'
import { Workspace } from '../raster/workspace'
import type { CutEnvironment, CutItem, TileLookup } from './cut-item'
import { hornSlope, steepAtCentre, TERRAIN_SIZE } from './slope'
import { interpolateTerrain, planTerrain } from './terrain'
import { blocksOfPatch, planPatch, readPatch, tileAt, type OpenTile, type TilePatch } from './tile-patch'
import { windowOrigin } from './window'

/** A layer that was cut from tiles, and the tile that holds the footprint. */
export interface TileLayer<Pixels> {
  pixels: Pixels
  tile: string
}

interface Planned<Item> {
  item: Item
  patches: TilePatch[]
  tile: string
}

/** Land-cover maps: 2020 v100 for acquisitions up to 2020, 2021 v200 after. */
export function landcoverYear(acquisitionTime: number): number {
  return new Date(acquisitionTime).getUTCFullYear() <= 2020 ? 2020 : 2021
}

/**
 * Cuts altitude and slope for the items of a scene.
 * @returns for each item 2 x 32 x 32 float32, or the reason `dem-missing` or `slope`, or what could not be read
 */
export function cutTerrain<Item extends CutItem>(
  scene: Scene,
  items: readonly Item[],
  environment: CutEnvironment,
): Promise<Map<Item, TileLayer<Float32Array> | 'dem-missing' | 'slope' | StudioError>> {
  const { settings } = environment
  return cutTiles<Item, Float32Array, 'dem-missing' | 'slope'>(items, environment, {
    missing: 'dem-missing',
    lookup: environment.dem,
    square: (item) => squareOf(scene, item, TERRAIN_SIZE),
    plan: planTerrain,
    cut: ({ patches, tile }, blocks, workspace) => {
      const read = patches.map((patch) => readPatch(patch, blocks, true, workspace))
      const altitude = workspace.float32(TERRAIN_SIZE ** 2)
      if (!interpolateTerrain(read, altitude)) return 'dem-missing'
      const pixels = new Float32Array(2 * PATCH_PIXELS)
      for (let row = 0; row < PATCH_SIZE; row++) {
        const start = (row + 1) * TERRAIN_SIZE + 1
        pixels.set(altitude.subarray(start, start + PATCH_SIZE), row * PATCH_SIZE)
      }
      const slope = pixels.subarray(PATCH_PIXELS)
      hornSlope(altitude, settings.slopeUnit, slope)
      return steepAtCentre(slope, settings.maxSlope) ? 'slope' : { pixels, tile }
    },
  })
}

/**
 * Cuts land cover for the items of a scene.
 * @returns for each item 32 x 32 classes, or the reason `landcover-missing`, or what could not be read
 */
export function cutLandcover<Item extends CutItem>(
  scene: Scene,
  items: readonly Item[],
  environment: CutEnvironment,
): Promise<Map<Item, TileLayer<Uint8Array> | 'landcover-missing' | StudioError>> {
  return cutTiles<Item, Uint8Array, 'landcover-missing'>(items, environment, {
    missing: 'landcover-missing',
    lookup: environment.landcover,
    year: (item) => landcoverYear(item.footprint.acquisitionTime),
    square: (item) => squareOf(scene, item, PATCH_SIZE),
    plan: (tiles, square, grid) => {
      const patch = planPatch(tiles, square, grid, 0)
      return patch === null ? [] : [patch]
    },
    cut: ({ patches: [patch], tile }, blocks, workspace) => {
      const { rect, cols, rows, pixels } = readPatch(patch, blocks, false, workspace)
      const classes = new Uint8Array(PATCH_PIXELS)
      for (let i = 0; i < PATCH_PIXELS; i++) {
        const value = pixels[Math.floor(rows[i]) * rect.width + Math.floor(cols[i])]
        if (Number.isNaN(value)) return 'landcover-missing'
        classes[i] = value
      }
      return { pixels: classes, tile }
    },
  })
}

interface LayerKind<Item, Pixels, Reason extends string> {
  missing: Reason
  lookup: TileLookup
  /** Map year of the tiles, where the layer has one. */
  year?: (item: Item) => number
  square: (item: Item) => LonLatSquare
  /** What to read of which tiles; empty where none is near. */
  plan: (tiles: readonly OpenTile[], square: LonLatSquare, grid: LonLatGrid) => TilePatch[]
  /** @param workspace for arrays that are not part of the result */
  cut: (planned: Planned<Item>, blocks: LoadedBlocks, workspace: Workspace) => TileLayer<Pixels> | Reason
}

async function cutTiles<Item extends CutItem, Pixels, Reason extends string>(
  items: readonly Item[],
  environment: CutEnvironment,
  kind: LayerKind<Item, Pixels, Reason>,
): Promise<Map<Item, TileLayer<Pixels> | Reason | StudioError>> {
  const results = new Map<Item, TileLayer<Pixels> | Reason | StudioError>()
  const planned: Planned<Item>[] = []
  // Of this call alone: planning waits for rasters to open, while other calls go on.
  const workspace = new Workspace()
  for (const item of items) {
    workspace.clear()
    const outcome = await plan(item, environment, kind, workspace)
    if (outcome instanceof StudioError) results.set(item, outcome)
    else if (outcome === null) results.set(item, kind.missing)
    else planned.push(outcome)
  }
  await cutInWaves(
    planned,
    ({ patches }) => blocksOfPatches(patches),
    (entry, blocks) => {
      workspace.clear()
      results.set(entry.item, kind.cut(entry, blocks, workspace))
    },
    (entry, error) => results.set(entry.item, error),
    environment.pace,
    environment.signal,
  )
  return results
}

async function plan<Item extends CutItem, Pixels, Reason extends string>(
  item: Item,
  { rasters, signal }: CutEnvironment,
  kind: LayerKind<Item, Pixels, Reason>,
  workspace: Workspace,
): Promise<Planned<Item> | null | StudioError> {
  const square = kind.square(item)
  const grid = lonLatGrid(square, workspace.float64)
  const year = kind.year?.(item)
  const { lon, lat } = item.footprint
  try {
    const open: OpenTile[] = []
    for (const tile of kind.lookup.around(boundsOf(grid), year)) {
      const raster = await openTile(tile, rasters, signal)
      if (raster !== null) open.push({ name: tile.name, raster })
    }
    const patches = kind.plan(open, square, grid)
    if (patches.length === 0) return null
    const own = kind.lookup.at(lon, lat, year)?.name
    // Rasters of the DEM lie half a pixel off their cells: a neighbour may hold the footprint whose own tile is not there.
    const tile = open.find(({ name }) => name === own) ?? tileAt(open, lon, lat) ?? open[0]
    return { item, patches, tile: tile.name }
  } catch (thrown) {
    const error = toStudioError(thrown)
    if (error.tag === 'cancelled' || error.tag === 'internal') throw error
    return error
  }
}

/** The raster of a tile; null where the tile was only assumed to exist, and does not. */
async function openTile(
  tile: Tile,
  rasters: CutEnvironment['rasters'],
  signal: AbortSignal,
): Promise<BlockRaster | null> {
  try {
    return await rasters.raster(tile.href, { collection: tile.collection ?? null, item: tile.name }, signal)
  } catch (error) {
    if (tile.assumed === true && error instanceof StudioError && error.tag === 'asset-missing') return null
    throw error
  }
}

function* blocksOfPatches(patches: readonly TilePatch[]): Generator<BlockNeed> {
  for (const patch of patches) yield* blocksOfPatch(patch)
}

/** The window's pixels, with a border where the square is larger than the patch. */
function squareOf(scene: Scene, { window }: CutItem, size: number): LonLatSquare {
  const [left, top] = windowOrigin(scene.grid, window)
  const border = ((size - PATCH_SIZE) / 2) * PIXEL_SIZE
  return lonLatSquare(utmProjection(scene.epsg), left - border, top + border, size, PIXEL_SIZE)
}

/** West, south, east, north of a grid; longitudes brought back to -180..180. */
function boundsOf({ lon, lat }: LonLatGrid): [number, number, number, number] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < lon.length; i++) {
    west = Math.min(west, lon[i])
    east = Math.max(east, lon[i])
    south = Math.min(south, lat[i])
    north = Math.max(north, lat[i])
  }
  const wrap = (value: number): number => (value >= 180 ? value - 360 : value < -180 ? value + 360 : value)
  return [wrap(west), south, wrap(east), north]
}
