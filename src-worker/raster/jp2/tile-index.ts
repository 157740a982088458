import type { ByteRange } from '../byte-source'
import { EOC, readTilePartHeader, SOT_BYTES } from './coding'
import type { SpanReader } from './span-reader'

/** Where the tile-parts of each tile lie. */
export interface TileIndex {
  /** By tile; a tile of which nothing was found has none. */
  ranges: ByteRange[][]
  /** Whether the index reaches to the end of the codestream. */
  complete: boolean
}

/** Where tile-parts lie in a file, and what is known of them in advance. */
export interface TileParts {
  /** Offset of the first tile-part. */
  start: number
  /** End of the codestream, null where it is the end of the file. */
  end: number | null
  tiles: number
  /** TLM segments of the main header. */
  lengths: readonly Uint8Array[]
}

/** Where tile-parts are short, several are read at once. */
const SHORT = 1 << 14
const AHEAD = 1 << 16

/**
 * Finds the tile-parts of all tiles: from the table of their lengths (TLM) where the file has one that fits, else by
 * going from one to the next.
 */
export async function readTileIndex(reader: SpanReader, parts: TileParts): Promise<TileIndex> {
  return (await indexOfTable(reader, parts)) ?? (await walk(reader, parts))
}

/** Goes from each tile-part to the next, with one small read each, until the end of the codestream or of sense. */
async function walk(reader: SpanReader, { start, end, tiles }: TileParts): Promise<TileIndex> {
  const ranges = emptyRanges(tiles)
  let offset = start
  let ahead = AHEAD
  while (end === null || offset + SOT_BYTES <= end) {
    const bytes = await reader.read(offset, SOT_BYTES, ahead)
    const header = readTilePartHeader(bytes)
    if (header === null) return { ranges, complete: isEnd(bytes) }
    const last = header.length === 0
    const length = last ? (end ?? (await reader.size())) - offset : header.length
    if (header.tile >= tiles) return { ranges, complete: false }
    ranges[header.tile].push({ offset, length })
    if (last) return { ranges, complete: true }
    offset += length
    ahead = length < SHORT ? AHEAD : SOT_BYTES
  }
  return { ranges, complete: offset <= end }
}

/** The index that the TLM segments make, null where there are none or they do not fit the codestream. */
async function indexOfTable(
  reader: SpanReader,
  { start, end, tiles, lengths }: TileParts,
): Promise<TileIndex | null> {
  const entries = [...lengths].sort((a, b) => a[4] - b[4]).flatMap(entriesOf)
  if (entries.length === 0) return null
  const ranges = emptyRanges(tiles)
  let offset = start
  for (const [place, { tile, length }] of entries.entries()) {
    const index = tile ?? place
    if (index >= tiles || length < SOT_BYTES) return null
    ranges[index].push({ offset, length })
    offset += length
  }
  if (ranges.some((found) => found.length === 0)) return null
  if (end !== null && offset !== end - 2) return null
  return isEnd(await reader.read(offset, 2)) ? { ranges, complete: true } : null
}

/** The entries of a TLM segment: length of each tile-part, and its tile where the segment says. */
function entriesOf(segment: Uint8Array): { tile: number | null; length: number }[] {
  const tileBytes = (segment[5] >> 4) & 3
  const lengthBytes = (segment[5] & 0x40) === 0 ? 2 : 4
  const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength)
  const entries: { tile: number | null; length: number }[] = []
  for (let at = 6; at + tileBytes + lengthBytes <= segment.length; at += tileBytes + lengthBytes) {
    const tile = tileBytes === 0 ? null : tileBytes === 1 ? view.getUint8(at) : view.getUint16(at)
    const length = lengthBytes === 2 ? view.getUint16(at + tileBytes) : view.getUint32(at + tileBytes)
    entries.push({ tile, length })
  }
  return entries
}

function isEnd(bytes: Uint8Array): boolean {
  return bytes.length >= 2 && ((bytes[0] << 8) | bytes[1]) === EOC
}

function emptyRanges(tiles: number): ByteRange[][] {
  return Array.from({ length: tiles }, () => [])
}
