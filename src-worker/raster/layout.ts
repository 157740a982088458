import { StudioError } from '../../src-shared/errors/studio-error'
import type { ByteRange, ByteSource } from './byte-source'
import { headerSource } from './header-source'
import type { Jpeg2000Coding } from './jp2/coding'
import { isJpeg2000, readJpeg2000Layout } from './jp2/layout'
import { readTiffLayout, type TiffCoding } from './tiff-layout'

export type SampleType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64'

/** Where a raster lies on the ground. */
export interface Georeference {
  /**
   * Upper left corner of the upper left pixel and size of a pixel, in units of the CRS. `dy` is negative for
   * north-up rasters. All four are NaN where the file does not say, as some JPEG 2000 files do not.
   */
  x0: number
  y0: number
  dx: number
  dy: number
  /** EPSG code of the CRS, null where the file does not say. */
  epsg: number | null
}

/** Where a raster's pixels lie in its file and on the ground. */
export interface RasterLayout extends Georeference {
  /** Size of the full-resolution image in pixels. */
  width: number
  height: number
  /** Size of a block (tile, or strip) in pixels; the last ones may reach beyond the image. */
  blockWidth: number
  blockHeight: number
  /** Number of blocks in a row and in a column; block index = row * blocksAcross + column. */
  blocksAcross: number
  blocksDown: number
  sampleType: SampleType
  /** Value of pixels without data, null where the file has none. */
  nodata: number | null
  /** The bytes of a block in the file, in the order in which they are decoded; none where it was left out (all no data). */
  rangesOf(block: number): readonly ByteRange[]
  /** How the bytes of a block become pixels. */
  coding: TiffCoding | Jpeg2000Coding
}

/** The first bytes of a file tell its format. */
const MAGIC_BYTES = 12

/**
 * Reads the layout of a raster: of the first (full-resolution) image of a TIFF, or of a JPEG 2000 file. Headers of
 * cloud-optimised files come with one read.
 * @throws StudioError `raster-unreadable` where it is neither, has several bands, or a grid that is not north-up.
 */
export async function readLayout(source: ByteSource, signal: AbortSignal): Promise<RasterLayout> {
  try {
    const header = headerSource(source, signal)
    const [magic] = await header.fetch([{ offset: 0, length: MAGIC_BYTES }])
    if (isJpeg2000(new Uint8Array(magic))) return await readJpeg2000Layout(source, header, signal)
    return await readTiffLayout(header)
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    const reason = cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause)
    throw new StudioError('raster-unreadable', `The file is no raster this program reads: ${reason}.`, {
      file: source.name,
      hint: 'It takes GeoTIFF, COG and JPEG 2000 files with one band; check the file or download it again.',
      cause,
    })
  }
}
