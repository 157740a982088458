import type { BlockRaster } from './block-raster'
import type { Pixels } from './decode-block'
import type { RasterLayout } from './layout'
import type { BlockNeed, LoadedBlocks } from './waves'

/** A rectangle of pixels of a raster; may reach beyond its edges. */
export interface PixelRect {
  col: number
  row: number
  width: number
  height: number
}

/** How a raster is cut into blocks, in pixels. */
export type BlockGrid = Pick<RasterLayout, 'width' | 'height' | 'blockWidth' | 'blockHeight' | 'blocksAcross'>

interface BlockRange {
  left: number
  right: number
  top: number
  bottom: number
}

/** The blocks, as closed ranges of block columns and rows, that the inside part of a rectangle touches. */
function blockRange(layout: BlockGrid, rect: PixelRect): BlockRange | null {
  const right = Math.min(rect.col + rect.width, layout.width) - 1
  const bottom = Math.min(rect.row + rect.height, layout.height) - 1
  const left = Math.max(rect.col, 0)
  const top = Math.max(rect.row, 0)
  if (left > right || top > bottom) return null
  return {
    left: Math.floor(left / layout.blockWidth),
    right: Math.floor(right / layout.blockWidth),
    top: Math.floor(top / layout.blockHeight),
    bottom: Math.floor(bottom / layout.blockHeight),
  }
}

/** The blocks that hold a rectangle of a raster, row by row; none where it lies outside. */
export function* blocksOf(raster: BlockRaster, rect: PixelRect): Generator<BlockNeed> {
  for (const block of blockIndices(raster.layout, rect)) yield { raster, block }
}

/** The indices of the blocks that hold a rectangle, row by row; none where it lies outside. */
export function* blockIndices(layout: BlockGrid, rect: PixelRect): Generator<number> {
  const range = blockRange(layout, rect)
  if (range === null) return
  for (let blockRow = range.top; blockRow <= range.bottom; blockRow++) {
    for (let blockCol = range.left; blockCol <= range.right; blockCol++) {
      yield blockRow * layout.blocksAcross + blockCol
    }
  }
}

/**
 * Copies a rectangle of a raster into `out` (row by row, `rect.width` pixels a row, beginning at `offset`).
 * Pixels outside the raster stay as they are in `out`.
 */
export function readRect(
  raster: BlockRaster,
  rect: PixelRect,
  blocks: LoadedBlocks,
  out: Pixels,
  offset = 0,
): void {
  const { layout } = raster
  const range = blockRange(layout, rect)
  if (range === null) return
  for (let blockRow = range.top; blockRow <= range.bottom; blockRow++) {
    for (let blockCol = range.left; blockCol <= range.right; blockCol++) {
      const pixels = blocks.pixels(raster, blockRow * layout.blocksAcross + blockCol)
      copyPart(layout, rect, blockCol, blockRow, pixels, out, offset)
    }
  }
}

function copyPart(
  layout: RasterLayout,
  rect: PixelRect,
  blockCol: number,
  blockRow: number,
  pixels: Pixels,
  out: Pixels,
  offset: number,
): void {
  const blockLeft = blockCol * layout.blockWidth
  const blockTop = blockRow * layout.blockHeight
  const left = Math.max(rect.col, 0, blockLeft)
  const right = Math.min(rect.col + rect.width, layout.width, blockLeft + layout.blockWidth)
  const top = Math.max(rect.row, 0, blockTop)
  const bottom = Math.min(rect.row + rect.height, layout.height, blockTop + layout.blockHeight)
  for (let row = top; row < bottom; row++) {
    const from = (row - blockTop) * layout.blockWidth + left - blockLeft
    const to = offset + (row - rect.row) * rect.width + left - rect.col
    out.set(pixels.subarray(from, from + right - left), to)
  }
}
