import { inflateSync } from 'node:zlib'

export interface Picture {
  width: number
  height: number
  /** Red, green, blue, alpha of each pixel, row by row. */
  pixels: Uint8Array
}

/**
 * Decodes a PNG of 8-bit RGBA without interlacing from the specification (W3C PNG, third edition), so that the
 * pictures are not read by what wrote them.
 */
export function decodePng(png: Uint8Array): Picture {
  const bytes = Buffer.from(png)
  if (bytes.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error('no PNG signature')
  const data: Buffer[] = []
  let header = Buffer.alloc(0)
  let type = ''
  for (let at = 8; type !== 'IEND';) {
    const length = bytes.readUInt32BE(at)
    type = bytes.toString('latin1', at + 4, at + 8)
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') header = content
    if (type === 'IDAT') data.push(content)
    at += length + 12
  }
  if (header.toString('hex', 8) !== '0806000000') throw new Error('another kind of PNG')
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(data)), width * 4, height) }
}

/** Undoes the prediction of each row from the pixels to the left and above. */
function unfilter(raw: Uint8Array, stride: number, height: number): Uint8Array {
  const out = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= 4 ? out[at - 4] : 0
      const up = y > 0 ? out[at - stride] : 0
      const corner = x >= 4 && y > 0 ? out[at - stride - 4] : 0
      const predictions = [0, left, up, (left + up) >> 1, paeth(left, up, corner)]
      out[at] = raw[y * (stride + 1) + 1 + x] + predictions[filter]
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}
