/** How tiles of a JPEG 2000 file are encoded. Marker codes are those of ISO/IEC 15444-1, annex A. */
export interface Jpeg2000Coding {
  kind: 'jpeg2000'
  /** The SIZ segment of the codestream, marker included. */
  siz: Uint8Array
  /** The other segments of the main header that decoding needs (COD, QCD and their like), markers included. */
  segments: readonly Uint8Array[]
  /** Bits of a pixel, 1 to 16, unsigned. */
  bits: number
  /** Whether the tile-parts of all tiles are known; false where the file ends, or is damaged, before the last. */
  complete: boolean
}

/** Markers that stand alone: start and end of a codestream. */
export const SOC = 0xff4f
export const EOC = 0xffd9
/** Start of a tile-part: its segment is 12 bytes long and says which tile, and how long the tile-part is. */
export const SOT = 0xff90
export const SOT_BYTES = 12
/** Image and tile size, first segment of the main header. */
export const SIZ = 0xff51
/** Lengths of tile-parts, and of packets; indexes into the codestream that say nothing about the pixels. */
export const TLM = 0xff55
export const PLM = 0xff57
/** Headers of all packets, moved into the main header. */
export const PPM = 0xff60

/** What the SOT segment of a tile-part says. */
export interface TilePartHeader {
  tile: number
  /** Bytes of the tile-part from its SOT marker on; 0 where it reaches to the end of the codestream. */
  length: number
  /** Place of the tile-part among those of its tile. */
  part: number
  /** Number of tile-parts of the tile, 0 where this one does not say. */
  parts: number
}

/** Reads a SOT segment; null where the bytes are none. */
export function readTilePartHeader(bytes: Uint8Array): TilePartHeader | null {
  if (bytes.length < SOT_BYTES) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint16(0) !== SOT || view.getUint16(2) !== SOT_BYTES - 2) return null
  const length = view.getUint32(6)
  if (length !== 0 && length < SOT_BYTES) return null
  return { tile: view.getUint16(4), length, part: bytes[10], parts: bytes[11] }
}
