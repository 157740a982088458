import { inflateSync } from 'node:zlib'
import { getDecoder } from 'geotiff'
import { ZSTDDecoder } from 'zstddec'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { RasterLayout, SampleType } from './layout'
import { undoFloatPredictor, undoHorizontalPredictor } from './predictor'

export type Pixels =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

const DEFLATE = [8, 32946]
const NONE = 1
/** geotiff.js hands out the decoder's whole heap for this one. */
const ZSTD = 50000

export const BYTES_PER_SAMPLE: Readonly<Record<SampleType, number>> = {
  uint8: 1,
  int8: 1,
  uint16: 2,
  int16: 2,
  uint32: 4,
  int32: 4,
  float32: 4,
  float64: 8,
}

/** Rows that block `block` holds: fewer than `blockHeight` in the last strip. */
function rowsOf(layout: RasterLayout, block: number): number {
  if (!layout.strips) return layout.blockHeight
  return Math.min(layout.blockHeight, layout.height - block * layout.blockHeight)
}

/**
 * The pixels of a block from its bytes in the file, row by row, `blockWidth` pixels a row.
 *
 * Deflate goes through zlib with an output buffer of the exact size, and predictors are undone in place on typed
 * arrays: that is GDAL's speed, and several times that of decoding in JavaScript. Rarer compressions are left
 * to geotiff.js.
 * @throws StudioError `raster-corrupt` naming file and block where the bytes are damaged.
 */
export async function decodeBlock(
  layout: RasterLayout,
  block: number,
  raw: Uint8Array,
  file: string,
): Promise<Pixels> {
  const rows = rowsOf(layout, block)
  const bytes = layout.blockWidth * rows * BYTES_PER_SAMPLE[layout.sampleType]
  try {
    if (DEFLATE.includes(layout.compression)) {
      return finish(layout, rows, exactly(inflateSync(raw, { chunkSize: bytes + 1 }), bytes))
    }
    if (layout.compression === NONE) return finish(layout, rows, exactly(new Uint8Array(raw), bytes))
    return await decodeElsewhere(layout, rows, raw, bytes)
  } catch (cause) {
    throw corruptBlock(file, block, cause)
  }
}

/** A block that the file leaves out: no data where the file has a value for it, else 0. */
export function emptyBlock(layout: RasterLayout, block: number): Pixels {
  const count = layout.blockWidth * rowsOf(layout, block)
  const pixels = viewAs(layout.sampleType, new Uint8Array(count * BYTES_PER_SAMPLE[layout.sampleType]))
  if (layout.nodata !== null) pixels.fill(layout.nodata)
  return pixels
}

/** The error for a block that cannot be decoded. */
export function corruptBlock(file: string, block: number, cause: unknown): StudioError {
  return new StudioError('raster-corrupt', `Block ${block} is damaged and cannot be decoded.`, {
    file,
    hint: 'Download the file again; footprints in this block are left out until then.',
    context: { block },
    cause,
  })
}

function finish(layout: RasterLayout, rows: number, bytes: Uint8Array): Pixels {
  const { sampleType, predictor, blockWidth, littleEndian } = layout
  const size = BYTES_PER_SAMPLE[sampleType]
  if (predictor === 3) {
    undoFloatPredictor(bytes, blockWidth, rows, size)
    return viewAs(sampleType, bytes)
  }
  if (!littleEndian && size > 1) swapBytes(bytes, size)
  if (predictor === 2) undoHorizontalPredictor(integersOf(size, bytes), blockWidth, rows)
  return viewAs(sampleType, bytes)
}

/** Predictor 2 differences the bits of a pixel as an unsigned integer, whatever its type. */
function integersOf(size: number, bytes: Uint8Array): Uint8Array | Uint16Array | Uint32Array {
  if (size === 1) return bytes
  if (size === 2) return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2)
  if (size === 4) return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  throw new Error('predictor 2 on 64-bit pixels')
}

async function decodeElsewhere(
  layout: RasterLayout,
  rows: number,
  raw: Uint8Array,
  bytes: number,
): Promise<Pixels> {
  const size = BYTES_PER_SAMPLE[layout.sampleType]
  if (layout.compression === ZSTD) {
    const zstd = new ZSTDDecoder()
    await zstd.init()
    return finish(layout, rows, exactly(zstd.decode(new Uint8Array(raw), bytes), bytes))
  }
  const decoder = await getDecoder(layout.compression, {
    tileWidth: layout.blockWidth,
    tileHeight: rows,
    predictor: 1,
    bitsPerSample: [size * 8],
    planarConfiguration: 1,
  })
  const decoded = await decoder.decode(new Uint8Array(raw).buffer)
  return finish(layout, rows, exactly(new Uint8Array(decoded), bytes))
}

function exactly(bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length < length) throw new Error(`${bytes.length} of ${length} bytes`)
  return bytes.length === length ? bytes : bytes.subarray(0, length)
}

function viewAs(type: SampleType, bytes: Uint8Array): Pixels {
  const { buffer, byteOffset, byteLength } = bytes
  const count = byteLength / BYTES_PER_SAMPLE[type]
  switch (type) {
    case 'uint8':
      return bytes
    case 'int8':
      return new Int8Array(buffer, byteOffset, count)
    case 'uint16':
      return new Uint16Array(buffer, byteOffset, count)
    case 'int16':
      return new Int16Array(buffer, byteOffset, count)
    case 'uint32':
      return new Uint32Array(buffer, byteOffset, count)
    case 'int32':
      return new Int32Array(buffer, byteOffset, count)
    case 'float32':
      return new Float32Array(buffer, byteOffset, count)
    case 'float64':
      return new Float64Array(buffer, byteOffset, count)
  }
}

function swapBytes(bytes: Uint8Array, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (size === 2) buffer.swap16()
  else if (size === 4) buffer.swap32()
  else buffer.swap64()
}
