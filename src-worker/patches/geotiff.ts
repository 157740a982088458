import { tiffFile, type TiffField } from './tiff-file'

/** Pixels of one band, row by row from the north-west corner. All bands of a file have the same type. */
export type GeotiffValues = Uint8Array | Uint16Array | Float32Array

export interface GeotiffBand {
  name: string
  values: GeotiffValues
}

export interface GeotiffImage {
  width: number
  height: number
  bands: readonly GeotiffBand[]
  /** Affine, row-major 3 x 3, from column and row to metres; its origin is the outer corner of the first pixel. */
  transform: readonly number[]
  /** EPSG code of a projected CRS in metres, up to 65,535. */
  epsg: number
  /** The one value that means no data in all bands; null for none. */
  nodata: number | null
  /** What else is known, as metadata of the file. */
  items: readonly { name: string; value: string }[]
}

/** SampleFormat of TIFF 6.0: unsigned integer, IEEE floating point. */
const UNSIGNED = 1
const FLOATING = 3

/** Keys of the GeoTIFF directory (OGC 19-008r4, requirements class GeoKeyDirectory). */
const MODEL_TYPE = { key: 1024, projected: 1 }
const RASTER_TYPE = { key: 1025, pixelIsArea: 1 }
const PROJECTED_CRS = 3072
const LINEAR_UNITS = { key: 3076, metre: 9001 }

/**
 * A GeoTIFF (OGC 19-008r4) as classic TIFF, little-endian, without compression: one strip for each band. Names of bands
 * and other items stand where GDAL keeps them (tag 42112, https://gdal.org/en/stable/drivers/raster/gtiff.html).
 */
export function encodeGeotiff(image: GeotiffImage): Uint8Array<ArrayBuffer> {
  const { width, height, bands } = image
  const each = (value: number): number[] => bands.map(() => value)
  const strips = bands.map(({ values }) => littleEndian(values))
  const [first] = bands
  const fields: TiffField[] = [
    { tag: 256, type: 'long', values: [width] },
    { tag: 257, type: 'long', values: [height] },
    // BitsPerSample
    { tag: 258, type: 'short', values: each(8 * first.values.BYTES_PER_ELEMENT) },
    // Compression: none; PhotometricInterpretation: low is dark
    { tag: 259, type: 'short', values: [1] },
    { tag: 262, type: 'short', values: [1] },
    // SamplesPerPixel, RowsPerStrip, StripByteCounts, PlanarConfiguration: band by band
    { tag: 277, type: 'short', values: [bands.length] },
    { tag: 278, type: 'long', values: [height] },
    { tag: 279, type: 'long', values: strips.map(({ length }) => length) },
    { tag: 284, type: 'short', values: [2] },
    // ExtraSamples: the others are no transparency
    ...(bands.length === 1
      ? []
      : [{ tag: 338, type: 'short', values: each(0).slice(1) } satisfies TiffField]),
    {
      tag: 339,
      type: 'short',
      values: each(first.values instanceof Float32Array ? FLOATING : UNSIGNED),
    },
    ...georeference(image),
    { tag: 42112, type: 'ascii', values: gdalMetadata(image) },
    ...(image.nodata === null
      ? []
      : [{ tag: 42113, type: 'ascii', values: String(image.nodata) } satisfies TiffField]),
  ]
  return tiffFile(fields, strips)
}

/** Where the pixels lie: scale and tie point, or the whole matrix where the rows are turned. */
function georeference({ transform, epsg }: GeotiffImage): TiffField[] {
  const [a, b, left, d, e, top] = transform
  const upright = b === 0 && d === 0 && a > 0 && e < 0
  const placed: TiffField[] = upright
    ? [
        { tag: 33550, type: 'double', values: [a, -e, 0] },
        { tag: 33922, type: 'double', values: [0, 0, 0, left, top, 0] },
      ]
    : [{ tag: 34264, type: 'double', values: [a, b, 0, left, d, e, 0, top, 0, 0, 0, 0, 0, 0, 0, 1] }]
  const keys = [
    [MODEL_TYPE.key, 0, 1, MODEL_TYPE.projected],
    [RASTER_TYPE.key, 0, 1, RASTER_TYPE.pixelIsArea],
    [PROJECTED_CRS, 0, 1, epsg],
    [LINEAR_UNITS.key, 0, 1, LINEAR_UNITS.metre],
  ]
  // Version 1, revision 1.0.
  return [...placed, { tag: 34735, type: 'short', values: [1, 1, 0, keys.length, ...keys.flat()] }]
}

/** GDAL escapes values twice, once as text of its own and once as XML, and reads them so. */
function gdalMetadata({ bands, items }: GeotiffImage): string {
  const ofFile = items.map(
    ({ name, value }) => `  <Item name="${escaped(name)}">${escaped(escaped(value))}</Item>\n`,
  )
  const ofBands = bands.map(
    ({ name }, band) =>
      `  <Item name="DESCRIPTION" sample="${band}" role="description">${escaped(escaped(name))}</Item>\n`,
  )
  return `<GDALMetadata>\n${ofFile.join('')}${ofBands.join('')}</GDALMetadata>\n`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character])
}

function littleEndian(values: GeotiffValues): Uint8Array {
  const bytes = new Uint8Array(values.length * values.BYTES_PER_ELEMENT)
  const view = new DataView(bytes.buffer)
  for (const [i, value] of values.entries()) {
    if (values instanceof Float32Array) view.setFloat32(4 * i, value, true)
    else if (values instanceof Uint16Array) view.setUint16(2 * i, value, true)
    else view.setUint8(i, value)
  }
  return bytes
}
