import { getDecoder } from 'geotiff'
import { ZSTDDecoder } from 'zstddec'
import { inflateInto } from '../deflate/inflate-into'
import type { BlockBuffers } from './block-buffers'
import { BYTES_PER_SAMPLE, viewAs, type Pixels } from './pixels'
import type { RasterLayout } from './layout'
import { undoFloatPredictor, undoHorizontalPredictor } from './predictor'
import type { TiffCoding } from './tiff-layout'

const DEFLATE = [8, 32946]
const NONE = 1
/** geotiff.js hands out the decoder's whole heap for this one. */
const ZSTD = 50000

/** Rows that block `block` holds: fewer than `blockHeight` in the last strip. */
export function rowsOf(layout: RasterLayout, coding: TiffCoding, block: number): number {
  if (!coding.strips) return layout.blockHeight
  return Math.min(layout.blockHeight, layout.height - block * layout.blockHeight)
}

/**
 * The pixels of a TIFF's block from its bytes in the file, row by row, `blockWidth` pixels a row.
 *
 * Deflate goes through zlib into memory that was used before, and predictors are undone in place on typed
 * arrays: that is GDAL's speed, and several times that of decoding in JavaScript. Rarer compressions are left
 * to geotiff.js.
 * @param buffers where the memory comes from
 * @throws Error where the bytes are damaged.
 */
export async function decodeTiffBlock(
  layout: RasterLayout,
  coding: TiffCoding,
  block: number,
  raw: Uint8Array,
  buffers: BlockBuffers,
): Promise<Pixels> {
  const rows = rowsOf(layout, coding, block)
  const bytes = layout.blockWidth * rows * BYTES_PER_SAMPLE[layout.sampleType]
  return finish(
    layout,
    coding,
    rows,
    exactly(await decompress(layout, coding, rows, raw, bytes, buffers), bytes),
  )
}

async function decompress(
  layout: RasterLayout,
  { compression }: TiffCoding,
  rows: number,
  raw: Uint8Array,
  bytes: number,
  buffers: BlockBuffers,
): Promise<Uint8Array> {
  if (DEFLATE.includes(compression)) {
    const pixels = buffers.take(bytes + 1)
    return pixels.subarray(0, inflateInto(raw, pixels))
  }
  if (compression === NONE) {
    const pixels = buffers.take(raw.length)
    pixels.set(raw)
    return pixels
  }
  if (compression === ZSTD) {
    const zstd = new ZSTDDecoder()
    await zstd.init()
    return zstd.decode(new Uint8Array(raw), bytes)
  }
  const decoder = await getDecoder(compression, {
    tileWidth: layout.blockWidth,
    tileHeight: rows,
    predictor: 1,
    bitsPerSample: [BYTES_PER_SAMPLE[layout.sampleType] * 8],
    planarConfiguration: 1,
  })
  return new Uint8Array(await decoder.decode(new Uint8Array(raw).buffer))
}

function finish(layout: RasterLayout, coding: TiffCoding, rows: number, bytes: Uint8Array): Pixels {
  const { sampleType, blockWidth } = layout
  const size = BYTES_PER_SAMPLE[sampleType]
  if (coding.predictor === 3) {
    undoFloatPredictor(bytes, blockWidth, rows, size)
    return viewAs(sampleType, bytes)
  }
  if (!coding.littleEndian && size > 1) swapBytes(bytes, size)
  if (coding.predictor === 2) undoHorizontalPredictor(integersOf(size, bytes), blockWidth, rows)
  return viewAs(sampleType, bytes)
}

/** Predictor 2 differences the bits of a pixel as an unsigned integer, whatever its type. */
function integersOf(size: number, bytes: Uint8Array): Uint8Array | Uint16Array | Uint32Array {
  if (size === 1) return bytes
  if (size === 2) return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2)
  if (size === 4) return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  throw new Error('predictor 2 on 64-bit pixels')
}

function exactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length < length) throw new Error(`${bytes.length} of ${length} bytes`)
  return bytes.length === length ? bytes : bytes.subarray(0, length)
}

function swapBytes(bytes: Uint8Array, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (size === 2) buffer.swap16()
  else if (size === 4) buffer.swap32()
  else buffer.swap64()
}
