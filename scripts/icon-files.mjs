// The program's icon as the files that systems want, drawn from assets/icon.svg.
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const SVG = new URL('../assets/icon.svg', import.meta.url)

/** Pixels of each side: what desktops of Linux look for, and 22 for the bar of the system. */
export const PNG_SIZES = [16, 22, 24, 32, 48, 64, 128, 256, 512, 1024]
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256]
/** Kinds of pictures in an .icns file, by their size. */
const ICNS_KINDS = { icp4: 16, icp5: 32, icp6: 64, ic07: 128, ic08: 256, ic09: 512, ic10: 1024 }

/**
 * Draws all files of the icon.
 * @returns content by the name of the file: PNG files named after their size, icon.ico, icon.icns
 */
export async function drawIconFiles() {
  await initWasm(readFile(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm')))
  const svg = await readFile(SVG, 'utf8')
  const pictures = new Map(PNG_SIZES.map((size) => [size, draw(svg, size)]))
  const files = new Map([...pictures].map(([size, png]) => [`${size}x${size}.png`, png]))
  files.set('icon.ico', ico(pictures))
  files.set('icon.icns', icns(pictures))
  return files
}

function draw(svg, size) {
  const drawing = new Resvg(svg, { fitTo: { mode: 'width', value: size } })
  const image = drawing.render()
  const png = Buffer.from(image.asPng())
  image.free()
  drawing.free()
  return png
}

/** Windows: a head, an entry of 16 bytes for each picture, then the pictures, which may be PNG since Vista. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * ICO_SIZES.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(ICO_SIZES.length, 4)
  let at = head.length
  for (const [i, size] of ICO_SIZES.entries()) {
    const { length } = pictures.get(size)
    const entry = 6 + 16 * i
    // 0 stands for 256.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(length, entry + 8)
    head.writeUInt32LE(at, entry + 12)
    at += length
  }
  return Buffer.concat([head, ...ICO_SIZES.map((size) => pictures.get(size))])
}

/** macOS: parts with a name of four letters and their length, which counts name and length too. */
function icns(pictures) {
  const parts = Object.entries(ICNS_KINDS).map(([kind, size]) => part(kind, pictures.get(size)))
  return part('icns', Buffer.concat(parts))
}

function part(name, content) {
  const head = Buffer.alloc(8)
  head.write(name, 'ascii')
  head.writeUInt32BE(8 + content.length, 4)
  return Buffer.concat([head, content])
}
