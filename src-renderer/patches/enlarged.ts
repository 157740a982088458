/**
 * A square picture with every pixel repeated, none blended.
 * @param pixels red, green, blue and alpha, row by row
 * @param size edge of the picture, and `factor` that of a pixel in the result
 */
export function enlarged(
  pixels: ArrayLike<number>,
  size: number,
  factor: number,
): Uint8ClampedArray<ArrayBuffer> {
  const edge = size * factor
  const large = new Uint8ClampedArray(4 * edge * edge)
  for (let y = 0; y < edge; y++) {
    for (let x = 0; x < edge; x++) {
      const from = 4 * (Math.floor(y / factor) * size + Math.floor(x / factor))
      for (let c = 0; c < 4; c++) large[4 * (y * edge + x) + c] = pixels[from + c]
    }
  }
  return large
}
