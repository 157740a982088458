import type { ByteSource } from '../byte-source'
import type { headerSource } from '../header-source'
import type { RasterLayout } from '../layout'
import { readBoxes } from './boxes'
import { georeferenceOfBoxes } from './georeference'
import { readMainHeader } from './main-header'
import { SpanReader } from './span-reader'
import { readTileIndex } from './tile-index'

/** The first box of a JP2 file, and the first two markers of a bare codestream. */
const SIGNATURE = [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20, 0x0d, 0x0a, 0x87, 0x0a]
const BARE = [0xff, 0x4f, 0xff, 0x51]
/** Bytes at the beginning of the file that are read with its first bytes. */
const BEGINNING = 1 << 16

/** Whether a file that begins with these 12 bytes is JPEG 2000. */
export function isJpeg2000(magic: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => magic[i] === byte) || isBare(magic)
}

function isBare(bytes: Uint8Array): boolean {
  return BARE.every((byte, i) => bytes[i] === byte)
}

/**
 * The layout of a JPEG 2000 file: a block is a tile. No value means no data in it.
 * @param header what has been read of the file
 * @throws Error where its header is damaged, or its encoding is none that can be decoded tile by tile.
 */
export async function readJpeg2000Layout(
  source: ByteSource,
  header: ReturnType<typeof headerSource>,
  signal: AbortSignal,
): Promise<RasterLayout> {
  const [beginning] = await header.fetch([{ offset: 0, length: BEGINNING }])
  const bytes = new Uint8Array(beginning)
  const reader = new SpanReader(source, bytes, signal)
  const boxes = isBare(bytes) ? { codestream: 0, end: null, geotiff: null, xml: [] } : await readBoxes(reader)
  const main = await readMainHeader(reader, boxes.codestream)
  const { width, height, tileWidth, tileHeight, bits, siz, segments, lengths } = main
  const blocksAcross = Math.ceil(width / tileWidth)
  const blocksDown = Math.ceil(height / tileHeight)
  const tiles = blocksAcross * blocksDown
  const { ranges, complete } = await readTileIndex(reader, {
    start: main.firstTilePart,
    end: boxes.end,
    tiles,
    lengths,
  })
  return {
    ...(await georeferenceOfBoxes(boxes)),
    width,
    height,
    blockWidth: tileWidth,
    blockHeight: tileHeight,
    blocksAcross,
    blocksDown,
    sampleType: bits <= 8 ? 'uint8' : 'uint16',
    nodata: null,
    rangesOf: (block) => ranges[block],
    coding: { kind: 'jpeg2000', siz, segments, bits, complete },
  }
}
