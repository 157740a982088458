import type { BlockRaster } from '../raster/block-raster'
import { continueLongitude, lonLatGrid, type LonLatGrid, type LonLatSquare } from '../raster/lonlat-grid'
import type { BlockNeed, LoadedBlocks } from '../raster/waves'
import { blocksOf, readRect, type PixelRect } from '../raster/window-read'
import type { Workspace } from '../raster/workspace'

/** A tile with its raster opened. */
export interface OpenTile {
  name: string
  raster: BlockRaster
}

/** A tile's raster placed on the pixel grid of another tile, in pixels of that grid. */
interface PlacedTile {
  raster: BlockRaster
  /** Pixel offset of its upper left corner. */
  col: number
  row: number
  /** Whether its pixels coincide with those of the grid; else they are taken by nearest neighbour. */
  aligned: boolean
  /** Size of its pixels in pixels of the grid. */
  scaleX: number
  scaleY: number
}

/**
 * The rectangle of a mosaic of tiles that a square of positions needs, on the pixel grid of the tile that holds
 * the square's centre. Tiles are joined before anything is interpolated, so seams leave no trace. Many patches wait to
 * be read at a time, so this keeps how positions are computed, not the positions.
 */
export interface TilePatch {
  rect: PixelRect
  square: LonLatSquare
  grid: GridPlace
  tiles: PlacedTile[]
}

/** How longitudes and latitudes become pixels of the main tile's grid. */
interface GridPlace {
  /** Longitude of the square's centre, and the column it lies in. */
  middle: number
  shift: number
  dx: number
  y0: number
  dy: number
}

/** The pixels of a patch, NaN where missing, and where the positions lie in them. */
export interface PatchPixels {
  rect: PixelRect
  /** Positions in pixels of the mosaic (pixel centre = index + 0.5), relative to the rectangle. */
  cols: Float64Array
  rows: Float64Array
  /** Row by row. */
  pixels: Float64Array
}

/** Position of a longitude and latitude in pixels of a raster, not rounded. */
function pixelOf(raster: BlockRaster, lon: number, lat: number): [col: number, row: number] {
  const { x0, y0, dx, dy, width } = raster.layout
  const near = x0 + (dx * width) / 2
  return [(continueLongitude(lon, near) - x0) / dx, (lat - y0) / dy]
}

/** The tile whose raster holds a position, or undefined. */
export function tileAt(tiles: readonly OpenTile[], lon: number, lat: number): OpenTile | undefined {
  return tiles.find(({ raster }) => {
    const [col, row] = pixelOf(raster, lon, lat)
    return col >= 0 && row >= 0 && col < raster.layout.width && row < raster.layout.height
  })
}

/**
 * Plans the mosaic rectangle for a square of positions with a margin of `margin` pixels (1 for bilinear, 0 for
 * nearest). Null where no tile is near.
 * @param grid the square's positions
 */
export function planPatch(
  tiles: readonly OpenTile[],
  square: LonLatSquare,
  { lon, lat }: LonLatGrid,
  margin: 0 | 1,
): TilePatch | null {
  const centre = Math.floor(lon.length / 2) + Math.floor(square.size / 2)
  const middle = lon[centre]
  const main = tileAt(tiles, middle, lat[centre]) ?? tiles.at(0)
  if (main === undefined) return null
  const { dx, y0, dy } = main.raster.layout
  const grid = { middle, shift: pixelOf(main.raster, middle, lat[centre])[0], dx, y0, dy }
  const rect = boundingRect(lon, lat, grid, margin)
  const placed = tiles.map((tile) => place(tile, main)).filter((tile) => meets(tile, rect))
  return { rect, square, grid, tiles: placed }
}

const colOf = ({ shift, middle, dx }: GridPlace, lon: number): number => shift + (lon - middle) / dx
const rowOf = ({ y0, dy }: GridPlace, lat: number): number => (lat - y0) / dy

function boundingRect(lon: Float64Array, lat: Float64Array, grid: GridPlace, margin: number): PixelRect {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < lon.length; i++) {
    const [col, row] = [colOf(grid, lon[i]), rowOf(grid, lat[i])]
    left = Math.min(left, col)
    right = Math.max(right, col)
    top = Math.min(top, row)
    bottom = Math.max(bottom, row)
  }
  const col = Math.floor(left) - margin
  const row = Math.floor(top) - margin
  return {
    col,
    row,
    width: Math.floor(right) + margin - col + 1,
    height: Math.floor(bottom) + margin - row + 1,
  }
}

/** Grids count as the same where offsets are whole to a thousandth of a pixel: 3 cm on the DEM. */
const GRID_TOLERANCE = 1e-3

function place(tile: OpenTile, main: OpenTile): PlacedTile {
  const own = tile.raster.layout
  const grid = main.raster.layout
  const x0 = continueLongitude(own.x0 + (own.dx * own.width) / 2, grid.x0 + (grid.dx * grid.width) / 2)
  const col = (x0 - (own.dx * own.width) / 2 - grid.x0) / grid.dx
  const row = (own.y0 - grid.y0) / grid.dy
  const scaleX = own.dx / grid.dx
  const scaleY = own.dy / grid.dy
  const whole = (value: number): boolean => Math.abs(value - Math.round(value)) < GRID_TOLERANCE
  const same = (scale: number, size: number): boolean => Math.abs(scale - 1) * size < GRID_TOLERANCE
  const aligned = whole(col) && whole(row) && same(scaleX, own.width) && same(scaleY, own.height)
  return aligned
    ? { raster: tile.raster, col: Math.round(col), row: Math.round(row), aligned, scaleX: 1, scaleY: 1 }
    : { raster: tile.raster, col, row, aligned, scaleX, scaleY }
}

function meets(tile: PlacedTile, rect: PixelRect): boolean {
  const { width, height } = tile.raster.layout
  return (
    tile.col < rect.col + rect.width &&
    tile.row < rect.row + rect.height &&
    tile.col + width * tile.scaleX > rect.col &&
    tile.row + height * tile.scaleY > rect.row
  )
}

/** The patch's rectangle in the pixels of one of its tiles. */
function rectIn(tile: PlacedTile, rect: PixelRect): PixelRect {
  if (tile.aligned) return { ...rect, col: rect.col - tile.col, row: rect.row - tile.row }
  const col = Math.floor((rect.col - tile.col) / tile.scaleX)
  const row = Math.floor((rect.row - tile.row) / tile.scaleY)
  const right = Math.floor((rect.col + rect.width - tile.col) / tile.scaleX)
  const bottom = Math.floor((rect.row + rect.height - tile.row) / tile.scaleY)
  return { col, row, width: right - col + 1, height: bottom - row + 1 }
}

/** The blocks that a patch needs. */
export function* blocksOfPatch(patch: TilePatch): Generator<BlockNeed> {
  for (const tile of patch.tiles) yield* blocksOf(tile.raster, rectIn(tile, patch.rect))
}

/**
 * The pixels of a patch, tiles mosaicked; NaN where no tile has a pixel.
 * @param dropNodata whether pixels of a tile's no-data value are missing too (terrain), or a value (land cover)
 * @param workspace gives the arrays; they hold until it is cleared
 */
export function readPatch(
  { rect, square, grid, tiles }: TilePatch,
  blocks: LoadedBlocks,
  dropNodata: boolean,
  workspace: Workspace,
): PatchPixels {
  const { lon: cols, lat: rows } = lonLatGrid(square, workspace.float64)
  for (let i = 0; i < cols.length; i++) {
    cols[i] = colOf(grid, cols[i]) - rect.col
    rows[i] = rowOf(grid, rows[i]) - rect.row
  }
  const [only] = tiles
  if (tiles.length === 1 && only.aligned) {
    return { rect, cols, rows, pixels: readTile(only, rectIn(only, rect), blocks, dropNodata, workspace) }
  }
  const pixels = workspace.float64(rect.width * rect.height).fill(NaN)
  for (const tile of tiles) {
    const source = rectIn(tile, rect)
    merge(tile, source, readTile(tile, source, blocks, dropNodata, workspace), rect, pixels)
  }
  return { rect, cols, rows, pixels }
}

function readTile(
  { raster }: PlacedTile,
  rect: PixelRect,
  blocks: LoadedBlocks,
  dropNodata: boolean,
  workspace: Workspace,
): Float64Array {
  const pixels = workspace.float64(rect.width * rect.height).fill(NaN)
  readRect(raster, rect, blocks, pixels)
  const { nodata } = raster.layout
  if (dropNodata && nodata !== null) replace(pixels, nodata, NaN)
  return pixels
}

function replace(pixels: Float64Array, from: number, to: number): void {
  for (let i = pixels.indexOf(from); i !== -1; i = pixels.indexOf(from, i + 1)) pixels[i] = to
}

/** Puts a tile's pixels into the mosaic; pixels that the tile does not have (NaN) leave it as it is. */
function merge(
  tile: PlacedTile,
  source: PixelRect,
  pixels: Float64Array,
  rect: PixelRect,
  mosaic: Float64Array,
): void {
  for (let row = 0; row < rect.height; row++) {
    const sourceRow = Math.floor((rect.row + row + 0.5 - tile.row) / tile.scaleY) - source.row
    if (sourceRow < 0 || sourceRow >= source.height) continue
    for (let col = 0; col < rect.width; col++) {
      const sourceCol = Math.floor((rect.col + col + 0.5 - tile.col) / tile.scaleX) - source.col
      if (sourceCol < 0 || sourceCol >= source.width) continue
      const value = pixels[sourceRow * source.width + sourceCol]
      if (!Number.isNaN(value)) mosaic[row * rect.width + col] = value
    }
  }
}
