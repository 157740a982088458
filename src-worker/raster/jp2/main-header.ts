import { EOC, PLM, PPM, SIZ, SOC, SOT, TLM } from './coding'
import type { SpanReader } from './span-reader'

/** What the main header of a codestream says. Sizes in pixels. */
export interface MainHeader {
  width: number
  height: number
  tileWidth: number
  tileHeight: number
  /** Bits of a pixel, 1 to 16, unsigned. */
  bits: number
  siz: Uint8Array
  /** The segments that decoding a tile needs besides SIZ, markers included. */
  segments: Uint8Array[]
  /** TLM segments in their order, markers included. */
  lengths: Uint8Array[]
  /** Offset of the first tile-part in the file. */
  firstTilePart: number
}

/** Bytes read at once where the header lies behind what was read. */
const AHEAD = 1 << 16
/** Pixels of a tile: decoding one takes about 10 bytes a pixel. Sentinel-2 has 1024 x 1024. */
const LARGEST_TILE = 2 ** 25
const MOST_TILES = 65535
const DAMAGED = 'its main header is damaged'

/**
 * Reads the main header of a codestream (ISO/IEC 15444-1, annex A).
 * @param start offset of the codestream in the file
 * @throws Error that says what is wrong: damage, several components, an encoding that cannot be decoded by tile.
 */
export async function readMainHeader(reader: SpanReader, start: number): Promise<MainHeader> {
  const segments: Uint8Array[] = []
  const lengths: Uint8Array[] = []
  let siz: Uint8Array | null = null
  if (uint16(await reader.readAll(start, 2, AHEAD), 0) !== SOC) throw new Error(DAMAGED)
  let offset = start + 2
  for (;;) {
    const head = await reader.readAll(offset, 4, AHEAD)
    const marker = uint16(head, 0)
    if (marker === SOT) break
    const length = 2 + uint16(head, 2)
    if (marker < 0xff00 || marker === EOC || length < 4) throw new Error(DAMAGED)
    // A copy, as the reader's own bytes would keep all that was read with them.
    const segment = new Uint8Array(await reader.readAll(offset, length, AHEAD))
    if (marker === PPM) throw new Error('its packet headers stand in the main header')
    if (marker === SIZ) siz ??= segment
    else if (marker === TLM) lengths.push(segment)
    else if (marker !== PLM) segments.push(segment)
    offset += length
  }
  if (siz === null) throw new Error(DAMAGED)
  return { ...sizesOf(siz), siz, segments, lengths, firstTilePart: offset }
}

type Sizes = Pick<MainHeader, 'width' | 'height' | 'tileWidth' | 'tileHeight' | 'bits'>

function sizesOf(siz: Uint8Array): Sizes {
  if (siz.length < 43) throw new Error(DAMAGED)
  const view = new DataView(siz.buffer, siz.byteOffset, siz.byteLength)
  const [width, height, left, top, tileWidth, tileHeight, tileLeft, tileTop] = Array.from(
    { length: 8 },
    (_, i) => view.getUint32(6 + 4 * i),
  )
  const components = view.getUint16(38)
  if (components !== 1) throw new Error(`it has ${components} bands instead of one`)
  if (left !== 0 || top !== 0 || tileLeft !== 0 || tileTop !== 0) throw new Error('its image has an offset')
  if (siz[41] !== 1 || siz[42] !== 1) throw new Error('its band is subsampled')
  if (siz[40] > 15) throw new Error(`pixels of ${(siz[40] & 127) + 1} bits${siz[40] > 127 ? ', signed' : ''}`)
  if (width === 0 || height === 0 || tileWidth === 0 || tileHeight === 0) throw new Error(DAMAGED)
  // A tile may be declared larger than the image.
  const sizes = {
    width,
    height,
    tileWidth: Math.min(tileWidth, width),
    tileHeight: Math.min(tileHeight, height),
    bits: siz[40] + 1,
  }
  if (sizes.tileWidth * sizes.tileHeight > LARGEST_TILE) {
    throw new Error(`its tiles of ${sizes.tileWidth} x ${sizes.tileHeight} pixels are too large`)
  }
  if (Math.ceil(width / tileWidth) * Math.ceil(height / tileHeight) > MOST_TILES) throw new Error(DAMAGED)
  return sizes
}

function uint16(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1]
}
