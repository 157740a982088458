import type { Scene } from '../../src-shared/catalog/scene'
import { BANDS, PATCH_PIXELS, PATCH_SIZE, PIXEL_SIZE } from '../../src-shared/dataset/bands'
import { StudioError } from '../../src-shared/errors/studio-error'
import { bilinearRect, nearestRect, resampleBilinear, resampleNearest } from '../raster/band-resample'
import type { AssetOrigin } from '../raster/byte-source'
import type { BlockRaster } from '../raster/block-raster'
import { cutInWaves } from '../raster/waves'
import { blocksOf, readRect, type PixelRect } from '../raster/window-read'
import type { CutEnvironment } from './cut-item'
import { blockKey, type PatchWindow } from './window'

type Band = (typeof BANDS)[number]

/**
 * Cuts one band of a scene for many windows, each needed block decoded once, and writes 32 x 32 pixels on the
 * 10 m grid into `out(item)`. SCL is resampled by nearest neighbour, 20 and 60 m bands bilinearly, and the
 * scene's offset brings values to the convention before processing baseline 04.00.
 * @param items sorted by position, see sortByBlock
 * @throws StudioError `raster-unreadable` where the band's file cannot be opened or does not fit the scene
 */
export async function cutBand<Item extends { window: PatchWindow }>(
  scene: Scene,
  bandIndex: number,
  items: readonly Item[],
  out: (item: Item) => Uint16Array,
  failed: (item: Item, error: StudioError) => void,
  { rasters, pace, signal }: Pick<CutEnvironment, 'rasters' | 'pace' | 'signal'>,
): Promise<void> {
  const band = BANDS[bandIndex]
  const raster = await rasters.raster(scene.bands[band.name], originOf(scene), signal)
  checkGrid(scene, band, raster)
  const factor = band.resolution / PIXEL_SIZE
  const rectOf = (window: PatchWindow): PixelRect => bandRect(bandIndex, window)
  const offset = scene.addOffsets[bandIndex]
  // One for all windows, which are cut one after the other: the source of a window is never larger than it and a margin.
  const scratch = new Uint16Array((PATCH_SIZE + 2) ** 2)
  await cutInWaves(
    items,
    (item) => blocksOf(raster, rectOf(item.window)),
    (item, blocks) => {
      const { col0, row0 } = item.window
      const pixels = out(item)
      if (factor === 1) {
        readRect(raster, rectOf(item.window), blocks, pixels)
      } else {
        const rect = rectOf(item.window)
        const source = scratch.subarray(0, rect.width * rect.height).fill(0)
        readRect(raster, rect, blocks, source)
        const resample = band.name === 'SCL' ? resampleNearest : resampleBilinear
        resample(source, rect, col0, row0, factor, pixels)
      }
      if (offset !== 0) addOffset(pixels, offset)
    },
    failed,
    pace,
    signal,
  )
}

/**
 * Items in the order of the blocks that hold their windows, on a grid of the usual block size: neighbouring
 * windows follow each other, so that few blocks are held at a time. Ties keep their order.
 */
export function sortByBlock<Item extends { window: PatchWindow }>(items: readonly Item[]): Item[] {
  return [...items].sort((a, b) => blockKey(a.window) - blockKey(b.window))
}

/** The pixels of a band's raster that a window is made of. @param bandIndex place in BANDS */
export function bandRect(bandIndex: number, { col0, row0 }: PatchWindow): PixelRect {
  const { name, resolution } = BANDS[bandIndex]
  const factor = resolution / PIXEL_SIZE
  if (factor === 1) return { col: col0, row: row0, width: PATCH_SIZE, height: PATCH_SIZE }
  return name === 'SCL' ? nearestRect(col0, row0, factor) : bilinearRect(col0, row0, factor)
}

/** A pixel above 0 becomes max(value + offset, 0); 0 is no data and stays. */
function addOffset(pixels: Uint16Array, offset: number): void {
  for (let i = 0; i < PATCH_PIXELS; i++) {
    if (pixels[i] > 0) pixels[i] = Math.max(pixels[i] + offset, 0)
  }
}

function originOf(scene: Scene): AssetOrigin {
  return { collection: scene.collection ?? null, item: scene.id }
}

/** Bands of a scene share their upper left corner; resampling relies on it. */
function checkGrid(scene: Scene, band: Band, raster: BlockRaster): void {
  const { x0, y0, dx, dy, width, height } = raster.layout
  const { grid } = scene
  // JPEG 2000 files may not say where they lie; their size must fit all the same.
  const placed =
    Number.isNaN(x0) ||
    (Math.abs(x0 - grid.x0) < 0.01 &&
      Math.abs(y0 - grid.y0) < 0.01 &&
      Math.abs(dx - band.resolution) < 1e-6 &&
      Math.abs(dy + band.resolution) < 1e-6)
  const fits =
    placed &&
    width * band.resolution >= grid.width * PIXEL_SIZE - band.resolution &&
    height * band.resolution >= grid.height * PIXEL_SIZE - band.resolution
  if (fits) return
  throw new StudioError(
    'raster-unreadable',
    `The grid of ${band.name} (corner ${x0}, ${y0}; pixel ${dx} m; ${width} x ${height}) does not fit its scene ${scene.id}.`,
    {
      file: raster.name,
      hint: 'The file may be of another scene or resolution; download it again.',
      context: { scene: scene.id, band: band.name },
    },
  )
}
