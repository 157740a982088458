import { encode } from 'fast-png'
import { PATCH_SIZE } from '../../src-shared/dataset/bands'
import { StudioError } from '../../src-shared/errors/studio-error'
import { renderPatch } from '../../src-shared/patches/render-patch'
import type { Thumbnails, ThumbnailsRequest } from '../../src-shared/patches/thumbnails'
import { pause } from '../hdf5/pause'
import { layersOf, readLayers } from './patch-layers'
import { requireRow, type SampleFile } from './sample-file'
import type { SampleFiles } from './sample-files'
import { ThumbnailCache } from './thumbnail-cache'

/** Pictures drawn before the process looks whether the request was cancelled: some hundredths of a second. */
const DRAWN_AT_A_TIME = 25

/**
 * Draws samples of one file as PNG files of 32 x 32 pixels. A sample whose chunk is damaged is left out and named.
 * @param cache pictures drawn before, and where new ones go
 * @throws StudioError as SampleFiles.use; `dataset-invalid` when a row does not exist; `cancelled`
 */
export function drawThumbnails(
  files: SampleFiles,
  { file: path, rows, preset, stretch, partly }: ThumbnailsRequest,
  signal: AbortSignal,
  cache = new ThumbnailCache(),
): Promise<Thumbnails> {
  const choice = layersOf(preset)
  return files.use(path, draw, partly)

  async function draw(file: SampleFile): Promise<Thumbnails> {
    for (const row of rows) requireRow(file, row)
    const thumbnails: Thumbnails = { version: file.version, images: [], faults: [] }
    for (const [k, row] of rows.entries()) {
      if (k % DRAWN_AT_A_TIME === 0) await pause(signal)
      thumbnails.images.push(drawOne(file, row, thumbnails.faults))
    }
    return thumbnails
  }

  function drawOne(
    file: SampleFile,
    row: number,
    faults: Thumbnails['faults'],
  ): Thumbnails['images'][number] {
    const key = `${path}\n${file.version}\n${row} ${preset} ${stretch}`
    try {
      const image = cache.get(key) ?? pngOf(renderPatch(readLayers(file, row, choice), preset, stretch))
      cache.set(key, image)
      return image
    } catch (error) {
      if (!(error instanceof StudioError)) throw error
      faults.push({ row, error: error.toJSON() })
      return null
    }
  }
}

/** A PNG file of 32 x 32 pixels from red, green, blue and alpha. */
function pngOf(pixels: Uint8Array): Uint8Array<ArrayBuffer> {
  // Copied, since the encoder's result is a view into a larger buffer, which would travel along to other processes.
  const image = { width: PATCH_SIZE, height: PATCH_SIZE, data: pixels, channels: 4, depth: 8 } as const
  return encode(image, { zlib: { level: 0 } }).slice()
}
