import type { RasterLayout } from '../layout'
import { viewAs, type Pixels } from '../pixels'
import { EOC, readTilePartHeader, SOC, type Jpeg2000Coding } from './coding'
import { decodeCodestream, type DecodedFrame } from './decoder'

const START = Uint8Array.of(SOC >> 8, SOC & 255)
const END = Uint8Array.of(EOC >> 8, EOC & 255)

/**
 * Zeros in a row that no encoder writes: a hole of a file that was not downloaded to its end. The format has no checksums,
 * and the decoder makes pixels of anything, so this damage is looked for before.
 */
const HOLE = Buffer.alloc(8192)

/** A rectangle of the image, in pixels; right and bottom are exclusive. */
interface TileRect {
  left: number
  top: number
  right: number
  bottom: number
}

/**
 * The pixels of a tile, row by row, padded with 0 to `blockWidth` pixels a row where it is narrower, as the last one of
 * a row mostly is.
 *
 * The decoder gets a codestream of this tile alone: the main header with an image that is as large as the tile, at the
 * same place, as sub-bands begin at even coordinates of the whole; and the tile's parts as they are, numbered 0.
 * @param parts the tile-parts as they stand in the file, in their order
 * @throws Error where they are damaged or not complete.
 */
export async function decodeTile(
  layout: RasterLayout,
  coding: Jpeg2000Coding,
  tile: number,
  parts: readonly Uint8Array[],
): Promise<Pixels> {
  const rect = rectOf(layout, tile)
  const renumbered = checkedParts(coding, tile, parts)
  const frame = await decodeCodestream([
    START,
    sizOfTile(coding.siz, layout, rect),
    ...coding.segments,
    ...renumbered,
    END,
  ])
  if (
    frame.width !== rect.right - rect.left ||
    frame.height !== rect.bottom - rect.top ||
    frame.bits !== coding.bits
  ) {
    throw new Error(`decoded to ${frame.width} x ${frame.height} pixels of ${frame.bits} bits`)
  }
  return viewAs(layout.sampleType, padded(frame, layout))
}

function rectOf(
  { width, height, blockWidth, blockHeight, blocksAcross }: RasterLayout,
  tile: number,
): TileRect {
  const left = (tile % blocksAcross) * blockWidth
  const top = Math.floor(tile / blocksAcross) * blockHeight
  return {
    left,
    top,
    right: Math.min(left + blockWidth, width),
    bottom: Math.min(top + blockHeight, height),
  }
}

/** The SIZ segment of an image that consists of one tile of the whole. */
function sizOfTile(siz: Uint8Array, { blockWidth, blockHeight }: RasterLayout, rect: TileRect): Uint8Array {
  const own = new Uint8Array(siz)
  const view = new DataView(own.buffer)
  const { left, top, right, bottom } = rect
  const values = [right, bottom, left, top, blockWidth, blockHeight, left, top]
  for (const [i, value] of values.entries()) view.setUint32(6 + 4 * i, value)
  return own
}

/**
 * The tile-parts, renumbered as those of tile 0 and with their lengths written out. That some of them are missing would
 * decode to coarser pixels without a word, so it is found out here.
 */
function checkedParts(coding: Jpeg2000Coding, tile: number, parts: readonly Uint8Array[]): Uint8Array[] {
  let declared = 0
  const renumbered = parts.map((bytes, place) => {
    const header = readTilePartHeader(bytes)
    if (header?.tile !== tile || header.part !== place) throw new Error('its tile-parts are out of order')
    if (header.length !== 0 && header.length !== bytes.length)
      throw new Error('its length is not what it says')
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(HOLE)) {
      throw new Error('it has a hole of zeros')
    }
    declared = Math.max(declared, header.parts)
    const own = new Uint8Array(header.length === 0 ? withoutEnd(bytes) : bytes)
    const view = new DataView(own.buffer)
    view.setUint16(4, 0)
    view.setUint32(6, own.length)
    return own
  })
  if (parts.length === 0) throw new Error('the file does not hold it')
  if (declared !== 0 ? declared !== parts.length : !coding.complete) {
    throw new Error(
      `${parts.length} of its ${declared === 0 ? 'unknown number of' : declared} tile-parts are there`,
    )
  }
  return renumbered
}

/** A tile-part that reaches to the end of the codestream has its end marker behind it. */
function withoutEnd(bytes: Uint8Array): Uint8Array {
  const ends = bytes.at(-2) === END[0] && bytes.at(-1) === END[1]
  return ends ? bytes.subarray(0, -2) : bytes
}

function padded({ width, height, bytes }: DecodedFrame, { blockWidth }: RasterLayout): Uint8Array {
  if (width === blockWidth) return bytes
  const size = bytes.length / (width * height)
  const out = new Uint8Array(blockWidth * height * size)
  for (let row = 0; row < height; row++) {
    out.set(bytes.subarray(row * width * size, (row + 1) * width * size), row * blockWidth * size)
  }
  return out
}
