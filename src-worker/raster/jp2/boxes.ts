import type { SpanReader } from './span-reader'

/** What a JP2 file holds around its codestream. */
export interface Jp2Boxes {
  /** Where the codestream begins. */
  codestream: number
  /** Where it ends, null where it reaches to the end of the file. */
  end: number | null
  /** A GeoTIFF without pixels that says where the image lies (GeoJP2), or null. */
  geotiff: Uint8Array | null
  /** XML that may say where the image lies (GMLJP2). */
  xml: string[]
}

interface Box {
  type: string
  /** Offset of the content. */
  start: number
  /** Offset behind the box; null where it reaches to the end of the file. */
  end: number | null
}

/** UUID of GeoJP2's box. */
const GEOJP2 = 'b14bf8bd083d4b43a5ae8cd7d5a6ce03'
/** Boxes of georeferences are some thousand bytes long; larger ones are passed over. */
const LARGEST = 1 << 20
/** Bytes read at once where boxes lie behind what was read. */
const AHEAD = 1 << 16
/** No file has as many boxes before its codestream. */
const MOST_BOXES = 1000

/**
 * Goes through the boxes of a JP2 file up to its codestream (ISO/IEC 15444-1, annex I).
 * @throws Error where the file ends before, or a box's length makes no sense.
 */
export async function readBoxes(reader: SpanReader): Promise<Jp2Boxes> {
  const found: Omit<Jp2Boxes, 'codestream' | 'end'> = { geotiff: null, xml: [] }
  let offset = 0
  for (let count = 0; count < MOST_BOXES; count++) {
    const box = readBox(await reader.read(offset, 16, AHEAD), 0, offset)
    if (box === null) throw new Error('it has no codestream')
    if (box.type === 'jp2c') return { ...found, codestream: box.start, end: box.end }
    if (box.end === null) throw new Error('it has no codestream')
    const length = box.end - box.start
    if (['uuid', 'asoc', 'xml '].includes(box.type) && length <= LARGEST) {
      gather(box.type, await reader.readAll(box.start, length, AHEAD), found)
    }
    offset = box.end
  }
  throw new Error('it has too many boxes')
}

/** The box whose header stands at `at` of some bytes, which lie at `offset` of the file; null where none does. */
function readBox(bytes: Uint8Array, at: number, offset: number): Box | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.byteLength - at)
  if (view.byteLength < 8) return null
  const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
  const short = view.getUint32(0)
  if (short === 0) return { type, start: offset + 8, end: null }
  if (short !== 1) return short < 8 ? null : { type, start: offset + 8, end: offset + short }
  if (view.byteLength < 16) return null
  const long = Number(view.getBigUint64(8))
  return long < 16 || !Number.isSafeInteger(offset + long)
    ? null
    : { type, start: offset + 16, end: offset + long }
}

/** Adds what a box, or one of those inside it, says about where the image lies. */
function gather(type: string, content: Uint8Array, found: Omit<Jp2Boxes, 'codestream' | 'end'>): void {
  if (type === 'xml ') found.xml.push(Buffer.from(content).toString('utf8'))
  if (type === 'uuid' && Buffer.from(content.subarray(0, 16)).toString('hex') === GEOJP2) {
    found.geotiff ??= new Uint8Array(content.subarray(16))
  }
  if (type !== 'asoc') return
  for (let at = 0; at < content.length;) {
    const box = readBox(content, at, at)
    if (box === null) return
    const end = Math.min(box.end ?? content.length, content.length)
    gather(box.type, content.subarray(box.start, end), found)
    at = end
  }
}
