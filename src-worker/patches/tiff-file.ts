/** Field types of TIFF 6.0, section 2, with their size in bytes. */
const TYPES = {
  ascii: { code: 2, size: 1 },
  short: { code: 3, size: 2 },
  long: { code: 4, size: 4 },
  double: { code: 12, size: 8 },
} as const

/** A field of the image file directory. */
export interface TiffField {
  tag: number
  type: keyof typeof TYPES
  /** Numbers; a text is ended with a zero byte here. */
  values: readonly number[] | string
}

const HEADER_SIZE = 8
const ENTRY_SIZE = 12
const STRIP_OFFSETS = 273
/** Values up to this size stand in the entry itself. */
const INLINE_SIZE = 4

/**
 * A classic TIFF file, little-endian, of one image: header, directory, the fields' values, then the strips one after the
 * other (TIFF Revision 6.0, section 2).
 * @param fields all but StripOffsets, in any order
 * @param strips bytes of each strip, little-endian as the fields say
 */
export function tiffFile(
  fields: readonly TiffField[],
  strips: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const places: TiffField = { tag: STRIP_OFFSETS, type: 'long', values: strips.map(() => 0) }
  const sorted = [...fields, places].sort((a, b) => a.tag - b.tag)
  let end = HEADER_SIZE + 2 + ENTRY_SIZE * sorted.length + 4
  const offsets = sorted.map((field) => {
    if (sizeOf(field) <= INLINE_SIZE) return null
    const offset = even(end)
    end = offset + sizeOf(field)
    return offset
  })
  const stripOffsets = strips.map((strip) => {
    const offset = even(end)
    end = offset + strip.length
    return offset
  })

  const bytes = new Uint8Array(end)
  const view = new DataView(bytes.buffer)
  bytes.set([0x49, 0x49])
  view.setUint16(2, 42, true)
  view.setUint32(4, HEADER_SIZE, true)
  view.setUint16(HEADER_SIZE, sorted.length, true)
  for (const [k, field] of sorted.entries()) {
    const entry = HEADER_SIZE + 2 + ENTRY_SIZE * k
    const offset = offsets[k]
    view.setUint16(entry, field.tag, true)
    view.setUint16(entry + 2, TYPES[field.type].code, true)
    view.setUint32(entry + 4, countOf(field), true)
    if (offset !== null) view.setUint32(entry + 8, offset, true)
    const values = field === places ? stripOffsets : field.values
    writeValues(view, offset ?? entry + 8, field.type, values)
  }
  for (const [k, strip] of strips.entries()) bytes.set(strip, stripOffsets[k])
  return bytes
}

function countOf({ values }: TiffField): number {
  return typeof values === 'string' ? new TextEncoder().encode(values).length + 1 : values.length
}

function sizeOf(field: TiffField): number {
  return countOf(field) * TYPES[field.type].size
}

/** Offsets are even (TIFF 6.0, section 2). */
function even(offset: number): number {
  return offset + (offset % 2)
}

function writeValues(view: DataView, at: number, type: TiffField['type'], values: TiffField['values']): void {
  const numbers = typeof values === 'string' ? new TextEncoder().encode(values) : values
  const { size } = TYPES[type]
  for (const [i, value] of numbers.entries()) {
    if (type === 'ascii') view.setUint8(at + size * i, value)
    else if (type === 'short') view.setUint16(at + size * i, value, true)
    else if (type === 'long') view.setUint32(at + size * i, value, true)
    else view.setFloat64(at + size * i, value, true)
  }
}
