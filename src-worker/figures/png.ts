import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { COLOURS, PIXELS_PER_UNIT } from './style'

interface Renderer {
  fonts: Uint8Array[]
}

let renderer: Promise<Renderer> | undefined

/**
 * Draws an SVG as PNG, `PIXELS_PER_UNIT` pixels per unit, with DejaVu Sans whatever fonts the machine has. The same
 * SVG gives the same bytes.
 * @throws Error when the text is no SVG
 */
export async function pngOf(svg: string): Promise<Uint8Array> {
  renderer ??= load()
  const { fonts } = await renderer
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: PIXELS_PER_UNIT },
    background: COLOURS.paper,
    font: { fontBuffers: fonts, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  })
  const image = drawing.render()
  try {
    return image.asPng()
  } finally {
    image.free()
    drawing.free()
  }
}

/** WebAssembly and fonts come out of their packages, where the program runs from sources, a bundle or an archive. */
async function load(): Promise<Renderer> {
  const moduleRequire = createRequire(import.meta.url)
  await initWasm(readFile(moduleRequire.resolve('@resvg/resvg-wasm/index_bg.wasm')))
  const fonts = await Promise.all([
    readFile(moduleRequire.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
    readFile(moduleRequire.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
  ])
  return { fonts }
}
