import { GeoTIFF, type GeoTIFFImage } from 'geotiff'
import { z } from 'zod'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { ByteSource } from './byte-source'
import { headerSource } from './header-source'

export type SampleType = 'uint8' | 'int8' | 'uint16' | 'int16' | 'uint32' | 'int32' | 'float32' | 'float64'

/** Where a raster's pixels lie in its file and on the ground. */
export interface RasterLayout {
  /** Size of the full-resolution image in pixels. */
  width: number
  height: number
  /** Size of a block (tile, or strip) in pixels; the last ones may reach beyond the image. */
  blockWidth: number
  blockHeight: number
  /** Number of blocks in a row and in a column; block index = row * blocksAcross + column. */
  blocksAcross: number
  blocksDown: number
  /** Whether blocks are strips, whose last one holds only the remaining rows. */
  strips: boolean
  sampleType: SampleType
  littleEndian: boolean
  /** TIFF tags Compression and Predictor. */
  compression: number
  predictor: number
  /** Offset and length in bytes of each block; length 0 is a block that was left out (all no data). */
  offsets: ArrayLike<number>
  byteCounts: ArrayLike<number>
  /**
   * Upper left corner of the upper left pixel and size of a pixel, in units of the CRS. `dy` is negative for
   * north-up rasters. PixelIsPoint files are moved by half a pixel, as GDAL does.
   */
  x0: number
  y0: number
  dx: number
  dy: number
  /** EPSG code of the CRS, null where the file does not say. */
  epsg: number | null
  /** GDAL_NODATA, null where the file has none. */
  nodata: number | null
  /** The parsed directory, for decoding compressions that the program leaves to geotiff.js. */
  image: GeoTIFFImage
}

const GEO_KEY_RASTER_PIXEL_IS_POINT = 2

const numbers = z.custom<ArrayLike<number>>(
  (value) => Array.isArray(value) || ArrayBuffer.isView(value),
  'a list of numbers',
)
const tagsSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  blockWidth: z.int().positive(),
  blockHeight: z.int().positive(),
  samples: z.literal(1, 'more than one band in the file'),
  bits: z.int(),
  format: z.int(),
  compression: z.int(),
  predictor: z.int().min(1).max(3),
  offsets: numbers,
  byteCounts: numbers,
  scale: numbers,
  tie: numbers,
})

/**
 * Reads the layout of the first (full-resolution) image of a TIFF. Headers of cloud-optimised files come with
 * one read.
 * @throws StudioError `raster-unreadable` where it is no TIFF with one band and a north-up grid.
 */
export async function readLayout(source: ByteSource, signal: AbortSignal): Promise<RasterLayout> {
  try {
    const tiff = await GeoTIFF.fromSource(headerSource(source, signal))
    const image = await tiff.getImage(0)
    return await layoutOf(image, tiff.littleEndian)
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    throw new StudioError(
      'raster-unreadable',
      `The file is no raster this program reads: ${reason(cause)}.`,
      {
        file: source.name,
        hint: 'It takes GeoTIFF and COG files with one band; check the file or download it again.',
        cause,
      },
    )
  }
}

async function layoutOf(image: GeoTIFFImage, littleEndian: boolean): Promise<RasterLayout> {
  const directory = image.fileDirectory
  const strips = !directory.hasTag('TileWidth')
  const width = image.getWidth()
  const height = image.getHeight()
  const rowsPerStrip = (await directory.loadValue('RowsPerStrip')) ?? height
  const tags = tagsSchema.parse({
    width,
    height,
    blockWidth: strips ? width : image.getTileWidth(),
    blockHeight: strips ? Math.min(rowsPerStrip, height) : image.getTileHeight(),
    samples: image.getSamplesPerPixel(),
    bits: image.getBitsPerSample(0),
    format: image.getSampleFormat(0),
    compression: (await directory.loadValue('Compression')) ?? 1,
    predictor: (await directory.loadValue('Predictor')) ?? 1,
    offsets: await directory.loadValue(strips ? 'StripOffsets' : 'TileOffsets'),
    byteCounts: await directory.loadValue(strips ? 'StripByteCounts' : 'TileByteCounts'),
    scale: await directory.loadValue('ModelPixelScale'),
    tie: await directory.loadValue('ModelTiepoint'),
  })
  const keys = image.getGeoKeys() ?? {}
  const half = keys.GTRasterTypeGeoKey === GEO_KEY_RASTER_PIXEL_IS_POINT ? 0.5 : 0
  const epsg: unknown = keys.ProjectedCSTypeGeoKey ?? keys.GeographicTypeGeoKey
  const [dx, dy] = [tags.scale[0], -tags.scale[1]]
  const blocksAcross = Math.ceil(width / tags.blockWidth)
  const blocksDown = Math.ceil(height / tags.blockHeight)
  if (tags.offsets.length < blocksAcross * blocksDown || tags.byteCounts.length < blocksAcross * blocksDown) {
    throw new Error('its table of blocks is too short')
  }
  return {
    width,
    height,
    blockWidth: tags.blockWidth,
    blockHeight: tags.blockHeight,
    blocksAcross,
    blocksDown,
    strips,
    sampleType: sampleType(tags.format, tags.bits),
    littleEndian,
    compression: tags.compression,
    predictor: tags.predictor,
    offsets: tags.offsets,
    byteCounts: tags.byteCounts,
    x0: tags.tie[3] - (tags.tie[0] + half) * dx,
    y0: tags.tie[4] - (tags.tie[1] + half) * dy,
    dx,
    dy,
    epsg: typeof epsg === 'number' ? epsg : null,
    nodata: image.getGDALNoData(),
    image,
  }
}

/** TIFF SampleFormat: 1 unsigned, 2 signed, 3 floating point. */
function sampleType(format: number, bits: number): SampleType {
  const types: Record<string, SampleType> = {
    '1-8': 'uint8',
    '2-8': 'int8',
    '1-16': 'uint16',
    '2-16': 'int16',
    '1-32': 'uint32',
    '2-32': 'int32',
    '3-32': 'float32',
    '3-64': 'float64',
  }
  const type = Object.hasOwn(types, `${format}-${bits}`) ? types[`${format}-${bits}`] : undefined
  if (type === undefined) throw new Error(`pixels of ${bits} bits in sample format ${format}`)
  return type
}

function reason(cause: unknown): string {
  if (cause instanceof z.ZodError) {
    return cause.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
  }
  return cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause)
}
