import { GeoTIFF, type GeoTIFFImage } from 'geotiff'
import { z } from 'zod'
import type { headerSource } from './header-source'
import type { Georeference, RasterLayout, SampleType } from './layout'

/** How blocks of a TIFF are encoded. */
export interface TiffCoding {
  kind: 'tiff'
  /** Whether blocks are strips, whose last one holds only the remaining rows. */
  strips: boolean
  littleEndian: boolean
  /** TIFF tags Compression and Predictor. */
  compression: number
  predictor: number
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
})
const placeSchema = z.object({ scale: numbers, tie: numbers })

/**
 * The layout of the first (full-resolution) image of a TIFF.
 * @throws Error where it is no TIFF with one band and a north-up grid; the message says what is wrong.
 */
export async function readTiffLayout(header: ReturnType<typeof headerSource>): Promise<RasterLayout> {
  const tiff = await GeoTIFF.fromSource(header)
  const image = await tiff.getImage(0)
  const directory = image.fileDirectory
  const strips = !directory.hasTag('TileWidth')
  const width = image.getWidth()
  const height = image.getHeight()
  const rowsPerStrip = (await directory.loadValue('RowsPerStrip')) ?? height
  const tags = parse(tagsSchema, {
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
  })
  const { blockWidth, blockHeight, offsets, byteCounts } = tags
  const blocksAcross = Math.ceil(width / blockWidth)
  const blocksDown = Math.ceil(height / blockHeight)
  if (offsets.length < blocksAcross * blocksDown || byteCounts.length < blocksAcross * blocksDown) {
    throw new Error('its table of blocks is too short')
  }
  return {
    ...(await georeferenceOf(image)),
    width,
    height,
    blockWidth,
    blockHeight,
    blocksAcross,
    blocksDown,
    sampleType: sampleType(tags.format, tags.bits),
    nodata: image.getGDALNoData(),
    rangesOf: (block) =>
      byteCounts[block] === 0 ? [] : [{ offset: offsets[block], length: byteCounts[block] }],
    coding: {
      kind: 'tiff',
      strips,
      littleEndian: tiff.littleEndian,
      compression: tags.compression,
      predictor: tags.predictor,
    },
  }
}

/**
 * Where an image lies on the ground. PixelIsPoint files are moved by half a pixel, as GDAL does.
 * @throws Error where it has no tie point and pixel scale.
 */
export async function georeferenceOf(image: GeoTIFFImage): Promise<Georeference> {
  const { scale, tie } = parse(placeSchema, {
    scale: await image.fileDirectory.loadValue('ModelPixelScale'),
    tie: await image.fileDirectory.loadValue('ModelTiepoint'),
  })
  const keys = image.getGeoKeys() ?? {}
  const half = keys.GTRasterTypeGeoKey === GEO_KEY_RASTER_PIXEL_IS_POINT ? 0.5 : 0
  const epsg: unknown = keys.ProjectedCSTypeGeoKey ?? keys.GeographicTypeGeoKey
  const [dx, dy] = [scale[0], -scale[1]]
  return {
    x0: tie[3] - (tie[0] + half) * dx,
    y0: tie[4] - (tie[1] + half) * dy,
    dx,
    dy,
    epsg: typeof epsg === 'number' ? epsg : null,
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

/** What a schema makes of a value, or an error that lists what does not fit. */
function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new Error(
    parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
    { cause: parsed.error },
  )
}
