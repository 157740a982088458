import { open, type FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { deflate } from 'node:zlib'

const deflateBlock = promisify(deflate)

type Pixels = Uint8Array | Uint16Array | Float32Array

/** A raster to write. */
export interface TiffSpec {
  width: number
  height: number
  /** Edge of a block in pixels. */
  block: number
  type: 'uint8' | 'uint16' | 'float32'
  /** Deflate with the predictor of the type (2 for whole numbers of two bytes, 3 for floats), or as it is. */
  compress: boolean
  epsg: number
  /** Upper left corner of the raster and size of a pixel, in units of the CRS. */
  x0: number
  y0: number
  pixel: number
  /** Whether the tie point is a pixel's centre, as in the Copernicus DEM. */
  pixelIsPoint: boolean
  /** Columns and rows of pixels that are written; blocks outside are left out of the file. All without. */
  only?: { left: number; right: number; top: number; bottom: number }
}

/** Gives row `y` of a raster, `width` pixels, as floats that are rounded and cut to the raster's type. */
export type RowOf = (y: number, row: Float32Array) => void

const BYTES = { uint8: 1, uint16: 2, float32: 4 } as const
const PREDICTORS = { uint8: 1, uint16: 2, float32: 3 } as const
const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, float32: Float32Array } as const

/** Writes a tiled TIFF, its header first and blocks in order behind it, as cloud-optimised files have them (TIFF 6.0). */
export async function writeTiff(path: string, spec: TiffSpec, rowOf: RowOf): Promise<void> {
  const { width, height, block } = spec
  const across = Math.ceil(width / block)
  const down = Math.ceil(height / block)
  const offsets = new Uint32Array(across * down)
  const counts = new Uint32Array(across * down)
  const file = await open(path, 'w')
  try {
    let end = header(spec, offsets, counts).length
    for (let blockRow = 0; blockRow < down; blockRow++) {
      const columns = wantedBlocks(spec, blockRow, across)
      if (columns.length === 0) continue
      const strip = fillStrip(spec, blockRow, rowOf)
      const blocks = await Promise.all(
        columns.map((column) => encodeBlock(spec, cutBlock(spec, strip, column))),
      )
      for (const [i, bytes] of blocks.entries()) {
        const index = blockRow * across + columns[i]
        offsets[index] = end
        counts[index] = bytes.length
        end = await append(file, bytes, end)
      }
    }
    await append(file, header(spec, offsets, counts), 0)
  } finally {
    await file.close()
  }
}

async function append(file: FileHandle, bytes: Uint8Array, at: number): Promise<number> {
  await file.write(bytes, 0, bytes.length, at)
  return at + bytes.length
}

function wantedBlocks({ block, only }: TiffSpec, blockRow: number, across: number): number[] {
  const columns = Array.from({ length: across }, (_, column) => column)
  if (only === undefined) return columns
  if (only.bottom <= blockRow * block || only.top >= (blockRow + 1) * block) return []
  return columns.filter((column) => only.left < (column + 1) * block && only.right > column * block)
}

/** The rows of a row of blocks, in the raster's type. */
function fillStrip({ width, height, block, type }: TiffSpec, blockRow: number, rowOf: RowOf): Pixels {
  const strip = new ARRAYS[type](width * block)
  const row = new Float32Array(width)
  const largest = type === 'uint8' ? 255 : 65_535
  for (let y = blockRow * block; y < Math.min(height, (blockRow + 1) * block); y++) {
    row.fill(0)
    rowOf(y, row)
    const at = (y - blockRow * block) * width
    if (type === 'float32') strip.set(row, at)
    else for (let x = 0; x < width; x++) strip[at + x] = Math.min(largest, Math.max(0, row[x] + 0.5))
  }
  return strip
}

function cutBlock({ width, block, type }: TiffSpec, strip: Pixels, column: number): Pixels {
  const pixels = new ARRAYS[type](block * block)
  const left = column * block
  const right = Math.min(width, left + block)
  for (let y = 0; y < block; y++) pixels.set(strip.subarray(y * width + left, y * width + right), y * block)
  return pixels
}

async function encodeBlock({ block, type, compress }: TiffSpec, pixels: Pixels): Promise<Uint8Array> {
  const bytes = new Uint8Array(pixels.buffer)
  if (!compress) return bytes
  if (type === 'uint16') {
    for (let i = pixels.length - 1; i > 0; i--) if (i % block !== 0) pixels[i] -= pixels[i - 1]
  }
  return deflateBlock(type === 'float32' ? floatDifferences(bytes, block) : bytes)
}

/** Predictor 3: of each row the bytes by significance, highest first, as differences (TIFF Technical Note 3). */
function floatDifferences(bytes: Uint8Array, block: number): Uint8Array {
  const out = new Uint8Array(bytes.length)
  const rowBytes = 4 * block
  for (let start = 0; start < bytes.length; start += rowBytes) {
    let previous = 0
    for (let i = 0; i < rowBytes; i++) {
      const plane = Math.floor(i / block)
      const value = bytes[start + 4 * (i - plane * block) + 3 - plane]
      out[start + i] = value - previous
      previous = value
    }
  }
  return out
}

const SHORT = 3
const LONG = 4
const DOUBLE = 12

/** The header with its one directory; its length depends on the number of blocks only. */
function header(spec: TiffSpec, offsets: Uint32Array, counts: Uint32Array): Buffer {
  const { type, compress, x0, y0, pixel, epsg, pixelIsPoint } = spec
  const half = pixelIsPoint ? pixel / 2 : 0
  const geographic = epsg === 4326
  const keys = [
    [1024, geographic ? 2 : 1], // GTModelType
    [1025, pixelIsPoint ? 2 : 1], // GTRasterType
    [geographic ? 2048 : 3072, epsg],
  ]
  const tags: [tag: number, type: number, values: ArrayLike<number>][] = [
    [256, LONG, [spec.width]],
    [257, LONG, [spec.height]],
    [258, SHORT, [8 * BYTES[type]]],
    [259, SHORT, [compress ? 8 : 1]],
    [262, SHORT, [1]], // black is zero
    [277, SHORT, [1]], // samples a pixel
    [284, SHORT, [1]], // contiguous
    [317, SHORT, [compress ? PREDICTORS[type] : 1]],
    [322, LONG, [spec.block]],
    [323, LONG, [spec.block]],
    [324, LONG, offsets],
    [325, LONG, counts],
    [339, SHORT, [type === 'float32' ? 3 : 1]],
    [33550, DOUBLE, [pixel, pixel, 0]],
    [33922, DOUBLE, [0, 0, 0, x0 + half, y0 - half, 0]],
    [34735, SHORT, [1, 1, 0, keys.length, ...keys.flatMap(([key, value]) => [key, 0, 1, value])]],
  ]
  return layOut(tags)
}

function layOut(tags: readonly [tag: number, type: number, values: ArrayLike<number>][]): Buffer {
  const size = (type: number): number => (type === SHORT ? 2 : type === LONG ? 4 : 8)
  const directory = 8 + 2 + 12 * tags.length + 4
  const data = tags.map(([, type, values]) =>
    size(type) * values.length > 4 ? size(type) * values.length : 0,
  )
  const out = Buffer.alloc(data.reduce((sum, bytes) => sum + bytes, directory))
  out.write('II')
  out.writeUInt16LE(42, 2)
  out.writeUInt32LE(8, 4)
  out.writeUInt16LE(tags.length, 8)
  let free = directory
  for (const [i, [tag, type, values]] of tags.entries()) {
    const entry = 10 + 12 * i
    out.writeUInt16LE(tag, entry)
    out.writeUInt16LE(type, entry + 2)
    out.writeUInt32LE(values.length, entry + 4)
    if (data[i] > 0) out.writeUInt32LE(free, entry + 8)
    let at = data[i] > 0 ? free : entry + 8
    for (let k = 0; k < values.length; k++, at += size(type)) {
      if (type === SHORT) out.writeUInt16LE(values[k], at)
      else if (type === LONG) out.writeUInt32LE(values[k], at)
      else out.writeDoubleLE(values[k], at)
    }
    free += data[i]
  }
  return out
}
