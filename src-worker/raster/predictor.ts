/**
 * Undoes TIFF predictor 2 (horizontal differencing) in place: each pixel was stored as the difference to its
 * left neighbour, modulo the type's range. (TIFF 6.0, section 14.)
 */
export function undoHorizontalPredictor(
  pixels: Uint8Array | Uint16Array | Uint32Array,
  width: number,
  rows: number,
): void {
  for (let row = 0; row < rows; row++) {
    const end = (row + 1) * width
    let value = pixels[row * width]
    for (let i = row * width + 1; i < end; i++) {
      pixels[i] += value
      value = pixels[i]
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
  const planes = new Uint8Array(rowBytes)
  for (let row = 0; row < rows; row++) {
    const start = row * rowBytes
    let value = 0
    for (let i = 0; i < rowBytes; i++) {
      value = (value + bytes[start + i]) & 255
      planes[i] = value
    }
    if (size === 4) interleave4(planes, bytes, start, width)
    else interleave(planes, bytes, start, width, size)
  }
}

function interleave4(planes: Uint8Array, bytes: Uint8Array, start: number, width: number): void {
  for (let i = 0, out = start; i < width; i++, out += 4) {
    bytes[out] = planes[3 * width + i]
    bytes[out + 1] = planes[2 * width + i]
    bytes[out + 2] = planes[width + i]
    bytes[out + 3] = planes[i]
  }
}

function interleave(planes: Uint8Array, bytes: Uint8Array, start: number, width: number, size: number): void {
  for (let i = 0; i < width; i++) {
    for (let k = 0; k < size; k++) bytes[start + i * size + k] = planes[(size - 1 - k) * width + i]
  }
}
