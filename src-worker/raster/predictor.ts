/**
 * Undoes TIFF predictor 2 (horizontal differencing) in place: each pixel was stored as the difference to its
 * left neighbour, modulo the type's range. (TIFF 6.0, section 14.)
 */
export function undoHorizontalPredictor(
  pixels: Uint8Array | Uint16Array | Uint32Array,
  width: number,
  rows: number,
): void {
  for (let start = 0; start < width * rows; start += width) {
    const end = start + width
    // The sum stays a 32-bit integer and the array keeps its lower bits; reading back from the array would wait for it.
    let value = 0
    for (let i = start; i < end; i++) {
      value = (value + pixels[i]) | 0
      pixels[i] = value
    }
  }
}

/**
 * Undoes TIFF predictor 3 (floating point) in place and leaves little-endian numbers: in each row the bytes of
 * all pixels stand by significance, highest first, and are differenced bytewise.
 * (Adobe Photoshop TIFF Technical Note 3.)
 */
export function undoFloatPredictor(bytes: Uint8Array, width: number, rows: number, size: number): void {
  const rowBytes = width * size
  const row = new Uint8Array(rowBytes)
  for (let start = 0; start < rowBytes * rows; start += rowBytes) {
    row.set(bytes.subarray(start, start + rowBytes))
    let value = 0
    for (let significance = size - 1, i = 0; significance >= 0; significance--) {
      const end = start + rowBytes
      for (let out = start + significance; out < end; out += size, i++) {
        value = (value + row[i]) | 0
        bytes[out] = value
      }
    }
  }
}
